import express, { type Router } from 'express';
import { Webhook } from 'standardwebhooks';
import { escapeHtml } from '../../core/http/escape-html.ts';

/** A delivery as it came, and what its signature says. */
interface Delivery {
  readonly at: string;
  readonly id: string;
  readonly body: string;
  readonly verdict: string;
}

const most = 100;
export const receiverPath = '/webhook-receiver';

/**
 * An integrator's receiver on the portal's port: it takes webhooks, verifies them with the secret typed into its page,
 * and shows the last hundred. Restarting the demo empties it.
 */
export function webhookReceiver(guideUrl: string): Router {
  const deliveries: Delivery[] = [];
  let secret = '';
  const router = express.Router();
  router.get('/', (_request, response) =>
    response
      .type('html')
      .set('cache-control', 'no-store')
      .send(page(deliveries, secret !== '', guideUrl)),
  );
  router.get('/deliveries.json', (_request, response) =>
    response.set('cache-control', 'no-store').json(deliveries),
  );
  router.post('/secret', express.urlencoded({ extended: false, limit: '4kb' }), (request, response) => {
    secret = String(request.body.secret ?? '').trim();
    response.redirect(303, receiverPath);
  });
  router.post('/', express.text({ type: () => true, limit: '64kb' }), (request, response) => {
    const body = typeof request.body === 'string' ? request.body : '';
    const headers = request.headers as Record<string, string>;
    const id = String(headers['webhook-id'] ?? '').slice(0, 100);
    deliveries.unshift({ at: new Date().toISOString(), id, body, verdict: verdictOf(secret, body, headers) });
    deliveries.splice(most);
    response.status(204).end();
  });
  return router;
}

function verdictOf(secret: string, body: string, headers: Record<string, string>): string {
  if (secret === '') return 'not verified: no secret was typed in';
  try {
    new Webhook(secret).verify(body, headers);
    return 'verified';
  } catch (error) {
    return `not verified: ${error instanceof Error ? error.message : 'unknown'}`;
  }
}

function page(deliveries: readonly Delivery[], hasSecret: boolean, guideUrl: string): string {
  const rows = deliveries.map(
    ({ at, id, body, verdict }) =>
      `<tr><td>${escapeHtml(at)}</td><td>${escapeHtml(verdict)}</td><td><code>${escapeHtml(id)}</code></td><td><code>${escapeHtml(body)}</code></td></tr>`,
  );
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="10"><title>Webhooks received</title><link rel="icon" href="data:,">
<h1>Webhooks received</h1>
<p>Create an endpoint with the address of this page, then type in its secret: see <a href="${escapeHtml(guideUrl)}">the guide</a>.</p>
<form method="post" action="${receiverPath}/secret"><label>Secret <input name="secret" type="password" autocomplete="off" placeholder="${hasSecret ? 'typed in' : 'whsec_…'}"></label> <button>Verify with it</button></form>
<table border="1"><thead><tr><th scope="col">Time</th><th scope="col">Signature</th><th scope="col">webhook-id</th><th scope="col">Body</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table>
${rows.length === 0 ? '<p>Nothing came yet.</p>' : ''}</html>`;
}
