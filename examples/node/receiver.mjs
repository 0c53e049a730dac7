// Receives webhooks. SECRET is the `whsec_…` that createWebhookEndpoint answered.
import { createServer } from 'node:http';
import { verifyWebhook, WebhookVerificationError } from '@school-services/client/webhooks';

const { SECRET = '', PORT = '3000' } = process.env;
const handled = new Set();

createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  try {
    const event = verifyWebhook(SECRET, Buffer.concat(chunks).toString(), request.headers);
    // At least once: the same id may come again.
    if (!handled.has(event.id)) console.log(event.type, event.data);
    handled.add(event.id);
    response.writeHead(204).end();
  } catch (error) {
    if (!(error instanceof WebhookVerificationError)) throw error;
    response.writeHead(400).end();
  }
}).listen(Number(PORT), '127.0.0.1', () => console.log(`http://127.0.0.1:${PORT}/`));
