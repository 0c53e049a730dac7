import { parseArgs } from 'node:util';
import { projectFolder } from './product.ts';

export const commands = ['side-by-side', 'growth', 'soak', 'targets', 'capacity'] as const;
export type Command = (typeof commands)[number];

export interface Options {
  readonly commands: readonly Command[];
  readonly children: number;
  /** Each round measures every contestant once, in an order of its own. */
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly connections: number;
  /** Names of contestants; null for all. */
  readonly only: readonly string[] | null;
  /** Names of operations; null for all. */
  readonly operations: readonly string[] | null;
  /** The folder of another checkout, to see what a change did; null for none. */
  readonly before: string | null;
  /** Sizes of the towns that growth compares. */
  readonly towns: readonly number[];
  readonly minutes: number;
  readonly dataDir: string;
  readonly out: string;
}

const help = `npm run bench -- [side-by-side] [growth] [soak] [targets] [capacity] [options]; side-by-side and growth without any

  --children N        children of the town (20000)
  --rounds N          rounds, interleaved (5)
  --seconds N         of each measurement (8)
  --warm-up N         seconds before a contestant's first measurement of an operation (4)
  --connections N     at once (8)
  --only a,b          contestants: see contestants.ts
  --operations a,b    operations: see operations.ts
  --before folder     another checkout of the product, built: its \`before\` and \`before-http\` are contestants
  --towns a,b         children of the towns that growth compares (1000,20000,200000)
  --minutes N         how long the soak lasts (10)
  --data folder       where towns are kept (bench/.data)
  --out folder        where results go (bench/results)`;

/** What the command line asks for; ends with the usage when it cannot be read. */
export function readOptions(args: readonly string[]): Options {
  try {
    return parse(args);
  } catch (error) {
    console.error(error instanceof Error ? error.message : help);
    process.exit(1);
  }
}

function parse(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      children: { type: 'string', default: '20000' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '8' },
      'warm-up': { type: 'string', default: '4' },
      connections: { type: 'string', default: '8' },
      only: { type: 'string' },
      operations: { type: 'string' },
      before: { type: 'string' },
      towns: { type: 'string', default: '1000,20000,200000' },
      minutes: { type: 'string', default: '10' },
      data: { type: 'string', default: `${projectFolder}bench/.data` },
      out: { type: 'string', default: `${projectFolder}bench/results` },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(help);
    process.exit(0);
  }
  const list = (text: string | undefined) => text?.split(',').filter(Boolean) ?? null;
  return {
    commands: positionals.length === 0 ? ['side-by-side', 'growth'] : positionals.map(toCommand),
    children: positive('children', values.children),
    rounds: positive('rounds', values.rounds),
    seconds: positive('seconds', values.seconds),
    warmUpSeconds: positive('warm-up', values['warm-up']),
    connections: positive('connections', values.connections),
    only: list(values.only),
    operations: list(values.operations),
    before: values.before ?? null,
    towns: (list(values.towns) ?? []).map((size) => positive('towns', size)),
    minutes: positive('minutes', values.minutes),
    dataDir: values.data,
    out: values.out,
  };
}

function toCommand(text: string): Command {
  const command = commands.find((known) => known === text);
  if (command === undefined) throw new Error(help);
  return command;
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name} is a number above 0.\n\n${help}`);
  return value;
}
