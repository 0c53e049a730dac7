import { describeEnum } from '../../shared/describe-enum.ts';

/** The type as deliveries have it, and its meaning. */
const types = {
  PRACTICE_STATUS_CHANGED: {
    wire: 'practice.status_changed',
    description: 'A practice that was started through the same client has another status.',
  },
  PAYMENT_SESSION_ENDED: {
    wire: 'payment_session.ended',
    description:
      'A payment session that was started through the same client has ended; once more if a receipt settles it later.',
  },
  DEBT_SETTLED: {
    wire: 'debt.settled',
    description: 'A debt was paid, by whichever channel: any debt, with the scope payment:events.',
  },
} as const;
export type WebhookEventType = keyof typeof types;

/** The scope that lets a program receive the debts of everybody. */
export const allDebtsScope = 'payment:events';

/** Shape: `debt.settled`. */
export function wireTypeOf(type: WebhookEventType): string {
  return types[type].wire;
}

const described = Object.entries(types).map(([type, { wire, description }]) => [
  type,
  `\`${wire}\`: ${description}`,
]);

export const WebhookEventTypeEnum = describeEnum<WebhookEventType>(
  'WebhookEventType',
  'An event that an endpoint can receive.',
  Object.fromEntries(described),
);
