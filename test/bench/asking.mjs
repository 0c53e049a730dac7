import { Agent, request } from 'node:http';

/**
 * Posts bodies to a gateway over connections of its own, with the token of one person.
 *
 * Answers status, size and the first characters. `address`: where the caller is, as a proxy tells it.
 */
export function asking(port, token, { address, connections = 1 } = {}) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const ask = (body) =>
    new Promise((resolve, reject) => {
      const headers = {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        ...(address === undefined ? {} : { 'x-forwarded-for': address }),
        'content-length': Buffer.byteLength(body),
      };
      const asked = request(
        { agent, port, host: '127.0.0.1', path: '/graphql', method: 'POST', headers },
        (answer) => {
          let size = 0;
          let head = '';
          answer.on('data', (chunk) => {
            if (size === 0) head = chunk.toString('utf8', 0, 300);
            size += chunk.length;
          });
          answer.on('end', () => resolve({ status: answer.statusCode, size, head }));
          answer.on('error', reject);
        },
      );
      asked.on('error', reject);
      asked.end(body);
    });
  ask.close = () => agent.destroy();
  return ask;
}
