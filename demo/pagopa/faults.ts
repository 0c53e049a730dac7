import type { Response } from 'express';

/** An error in the format of pagoPA's APIs. */
export function problem(response: Response, status: number, title: string, detail: string): void {
  response.status(status).type('application/problem+json').send(JSON.stringify({ title, status, detail }));
}

/**
 * Sends the response that the settings demand; false without faults. A call that hangs stays open until its caller
 * gives up.
 */
export function answerChaos(response: Response, chaos: string): boolean {
  if (chaos === '') return false;
  if (chaos === 'hang') return true;
  if (chaos === '302') response.status(302).end();
  else if (chaos === '401' || chaos === '403')
    response.status(Number(chaos)).json({
      statusCode: Number(chaos),
      message: 'Access denied due to missing subscription key.',
    });
  else problem(response, Number(chaos), titles[chaos] ?? 'Error', 'Chaos was asked for.');
  return true;
}

const titles: Readonly<Record<string, string>> = {
  '400': 'Bad Request',
  '404': 'Not Found',
  '409': 'Conflict',
  '422': 'Unprocessable Entity',
  '429': 'Too Many Requests',
  '500': 'Internal Server Error',
  '503': 'Service Unavailable',
};
