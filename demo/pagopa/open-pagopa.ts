import type { Clock } from '../../core/clock.ts';
import type { ListenerConfig, PagopaConfig } from '../../core/pagopa-config.ts';
import type { OnMessage } from '../contract/messages.ts';
import { creditorCode } from '../town/people.ts';
import { noChaos, parseChaos } from './chaos.ts';
import { type PagopaStandIn, startPagopaStandIn } from './start-pagopa.ts';

/** The town's agreement with pagoPA. IBAN and station are invented. */
const terms = {
  creditor: creditorCode,
  iban: 'IT60X0542811101000000123456',
  category: '9/0101002IM/',
  segregationCode: '01',
  gpdSegregationCode: '02',
} as const;
const station = {
  creditor: creditorCode,
  brokerCode: creditorCode,
  stationId: `${creditorCode}_01`,
} as const;

export interface DemoPagopa {
  readonly standIn: PagopaStandIn;
  readonly config: PagopaConfig;
  /** The address at which its node calls us: a free port of this machine. */
  readonly listener: ListenerConfig;
}

/** pagoPA of the demo town, and the configuration to reach it. Errors: one sentence for an unknown fault. */
export async function openPagopa(options: {
  readonly host: string;
  readonly pagopaPort: number;
  readonly pagopaChaos: string | null;
  readonly pagopaSlotMs?: number;
  /** How long it keeps a payment in progress: as long as the town locks the debt. */
  readonly pagopaLockMs: number;
  readonly dataDir: string;
  readonly secrets: { readonly pagopa: string; readonly node: string };
  readonly clock: Clock;
  readonly onMessage?: OnMessage;
}): Promise<DemoPagopa> {
  const { host, secrets, clock, dataDir, pagopaChaos, pagopaSlotMs } = options;
  const chaos = pagopaChaos === null ? noChaos : chaosOf(pagopaChaos);
  const standIn = await startPagopaStandIn({
    port: options.pagopaPort,
    host,
    dataDir,
    station,
    gpdSegregationCode: terms.gpdSegregationCode,
    subscriptionKey: secrets.pagopa,
    clock,
    chaos,
    lockMs: options.pagopaLockMs,
    ...(pagopaSlotMs === undefined ? {} : { slotMs: pagopaSlotMs }),
    ...(options.onMessage === undefined ? {} : { onMessage: options.onMessage }),
  });
  const key = secrets.pagopa;
  const { checkoutUrl, gpdUrl, gpdReceiptsUrl, receiptsUrl } = standIn;
  return {
    standIn,
    config: {
      checkoutUrl,
      gpdUrl,
      gpdReceiptsUrl,
      receiptsUrl,
      keys: { checkout: key, gpd: key, receipts: key },
      timeoutMs: 3_000,
      terms,
    },
    listener: {
      ...station,
      port: 0,
      host: '127.0.0.1',
      iban: terms.iban,
      category: terms.category,
      secrets: [secrets.node],
      tls: null,
    },
  };
}

/** The variables with which another process pays at the demo's pagoPA. */
export function pagopaEnvironment(standIn: PagopaStandIn, key: string): Readonly<Record<string, string>> {
  return {
    PAGOPA_CHECKOUT_URL: standIn.checkoutUrl,
    PAGOPA_GPD_URL: standIn.gpdUrl,
    PAGOPA_GPD_RECEIPTS_URL: standIn.gpdReceiptsUrl,
    PAGOPA_RECEIPTS_URL: standIn.receiptsUrl,
    PAGOPA_SUBSCRIPTION_KEYS: key,
    PAGOPA_CREDITOR_CODE: terms.creditor,
    PAGOPA_IBAN: terms.iban,
    PAGOPA_CATEGORY: terms.category,
    PAGOPA_SEGREGATION_CODE: terms.segregationCode,
    PAGOPA_GPD_SEGREGATION_CODE: terms.gpdSegregationCode,
  };
}

function chaosOf(text: string) {
  try {
    return parseChaos(text);
  } catch (error) {
    throw new Error(`DEMO_PAGOPA_CHAOS: ${error instanceof Error ? error.message : 'not readable'}`);
  }
}
