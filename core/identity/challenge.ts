import type { AppError } from '../errors.ts';

/** `WWW-Authenticate` for a refused token: RFC 6750, and RFC 9470 when a higher sign-in level is wanted. */
export function challengeHeader(error: AppError): string {
  const { reason, acrValues } = error.facts ?? {};
  const isStepUp = reason === 'insufficient_user_authentication';
  const parts = [
    `error="${isStepUp ? reason : 'invalid_token'}"`,
    `error_description="${error.message.replace(/["\\]/g, '')}"`,
  ];
  if (isStepUp && typeof acrValues === 'string') parts.push(`acr_values="${acrValues}"`);
  return `Bearer ${parts.join(', ')}`;
}
