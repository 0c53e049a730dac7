import type { ProtocolRegisterPort } from '../ports/protocol-register.port.ts';
import { unavailable } from './wire/errors.ts';

/** A protocol register that refuses every write: for processes and tests that only read hyperSIC's database. */
export const noProtocolRegister: ProtocolRegisterPort = {
  settleMs: 0,
  findSenders: () => fail(),
  findEntries: () => fail(),
  attachmentNames: () => fail(),
  insertSender: async () => ({ outcome: 'rejected', reason: missing }),
  insertEntry: async () => ({ outcome: 'rejected', reason: missing }),
  insertAttachment: async () => ({ outcome: 'rejected', reason: missing }),
};

const missing = 'No protocol service is configured.';

async function fail(): Promise<never> {
  throw unavailable(new Error(missing));
}
