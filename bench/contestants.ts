import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { program } from './product.ts';

export interface Contestant {
  readonly name: string;
  readonly title: string;
  readonly transport: 'in process' | 'HTTP' | 'none';
  readonly program: string;
  readonly args: readonly string[];
}

const own = (file: string) => fileURLToPath(new URL(`./servers/${file}.ts`, import.meta.url));

/** Everybody who is measured. The product runs by its own programs, with every protection on. */
export const contestants: readonly Contestant[] = [
  contestant('limit', 'hand-written for these requests: the limit', 'none', own('limit')),
  contestant('ours', 'this project, one process', 'in process', program('commands/start-server.js')),
  contestant('ours-http', 'this project', 'HTTP', program('commands/start-gateway.js')),
  contestant('apollo', '@apollo/gateway', 'in process', own('apollo'), 'in-process'),
  contestant('apollo-http', '@apollo/gateway', 'HTTP', own('apollo'), 'http'),
  contestant('hive-js', 'Hive Gateway, JS planner', 'in process', own('hive'), 'in-process', 'js'),
  contestant('hive-js-http', 'Hive Gateway, JS planner', 'HTTP', own('hive'), 'http', 'js'),
  contestant('hive-rust', 'Hive Gateway, Rust planner', 'in process', own('hive'), 'in-process', 'rust'),
  contestant('hive-rust-http', 'Hive Gateway, Rust planner', 'HTTP', own('hive'), 'http', 'rust'),
];

/** The product as another checkout has it. */
export function checkoutIn(folder: string): readonly Contestant[] {
  const path = (file: string) => join(folder, 'dist', 'commands', file);
  return [
    contestant('before', 'this project before, one process', 'in process', path('start-server.js')),
    contestant('before-http', 'this project before', 'HTTP', path('start-gateway.js')),
  ];
}

function contestant(
  name: string,
  title: string,
  transport: Contestant['transport'],
  path: string,
  ...args: readonly string[]
): Contestant {
  return { name, title, transport, program: path, args };
}
