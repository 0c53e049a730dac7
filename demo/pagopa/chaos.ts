/** Faults on demand. Without settings there are none. */
export interface Chaos {
  /** Every response is delayed by this. */
  readonly delayMs: number;
  /** The response to `POST /carts`; `hang` never responds, `lost` creates the cart and never responds. */
  readonly checkout: '' | 'hang' | 'lost' | '302' | '400' | '401' | '422' | '429' | '500' | '503';
  /** The same for GPD; `lost` keeps the position and never answers. */
  readonly gpd: '' | 'hang' | 'lost' | '400' | '401' | '403' | '409' | '429' | '500' | '503';
  /** The same for both receipt services. */
  readonly receipts: '' | 'hang' | '401' | '404' | '429' | '500' | '503';
  /** The payer's browser gets this after the payment. */
  readonly afterMoney: '' | 'hang' | '500';
  /** How many times an accepted receipt is sent again. */
  readonly duplicateReceipts: number;
  /** How many attempts to send each receipt are lost on the way; 5 loses all of them. */
  readonly loseReceipts: number;
  /** Like `loseReceipts`, but the receipt arrives and only its response is lost. */
  readonly loseAnswers: number;
  /** The delay of the first attempt. */
  readonly lateReceiptsMs: number;
  /** The receipts of a cart are sent in reverse order. */
  readonly reorderReceipts: boolean;
  /** Difference between paid and requested amount, in cents. */
  readonly amountDifference: number;
}

export const noChaos: Chaos = {
  delayMs: 0,
  checkout: '',
  gpd: '',
  receipts: '',
  afterMoney: '',
  duplicateReceipts: 0,
  loseReceipts: 0,
  loseAnswers: 0,
  lateReceiptsMs: 0,
  reorderReceipts: false,
  amountDifference: 0,
};

const choices: Readonly<Record<string, readonly string[]>> = {
  checkout: ['', 'hang', 'lost', '302', '400', '401', '422', '429', '500', '503'],
  gpd: ['', 'hang', 'lost', '400', '401', '403', '409', '429', '500', '503'],
  receipts: ['', 'hang', '401', '404', '429', '500', '503'],
  afterMoney: ['', 'hang', '500'],
};

/** Parses `duplicateReceipts=1,checkout=422`. Errors: one sentence with the possible settings. */
export function parseChaos(text: string): Chaos {
  const pairs = text.split(',').flatMap((pair) => (pair.trim() === '' ? [] : [pair.trim().split('=')]));
  return toChaos(Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value])));
}

/** From names and values; missing settings mean no fault. Errors: as above. */
export function toChaos(settings: Readonly<Record<string, unknown>>): Chaos {
  const entries = Object.entries(settings).map(([name, value]) => {
    if (!Object.hasOwn(noChaos, name))
      throw new Error(`${name} is none of ${Object.keys(noChaos).join(', ')}.`);
    return [name, toValue(name as keyof Chaos, String(value))];
  });
  return { ...noChaos, ...Object.fromEntries(entries) };
}

function toValue(name: keyof Chaos, text: string): string | number | boolean {
  const possible = choices[name];
  if (possible !== undefined) {
    if (possible.includes(text)) return text;
    throw new Error(`${name} is one of ${possible.filter(Boolean).join(', ')}.`);
  }
  if (name === 'reorderReceipts') {
    if (['true', 'false'].includes(text)) return text === 'true';
    throw new Error(`${name} is true or false.`);
  }
  const number = Number(text);
  const least = name === 'amountDifference' ? -100_000 : 0;
  if (Number.isInteger(number) && number >= least && number <= 3_600_000) return number;
  throw new Error(`${name} is a whole number.`);
}
