import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import type { Options } from '../options.ts';
import { describeMachine } from './machine.ts';
import { type Axes, plot, type Series } from './plot.ts';

const [startedAtLoad = 0] = loadavg();
const day = new Date().toISOString().slice(0, 10);

/** The tables for people and every figure behind them for programs. */
export async function writeReport(
  { out, rounds, seconds, children }: Options,
  name: string,
  body: string,
  figures: unknown,
): Promise<void> {
  const text = `# ${name}, ${day}\n\n${describeMachine(startedAtLoad)}\n* ${rounds} rounds of ${seconds} seconds, a town of ${children} children\n\n${body}\n`;
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, `${name}.md`), text);
  writeFileSync(join(out, `${name}.json`), `${JSON.stringify(figures, null, 1)}\n`);
  console.log(`\n${text}`);
}

const usual: Axes = { x: '', y: 'p50, ms', isLogarithmic: true };

export async function writePlot(
  { out }: Options,
  name: string,
  title: string,
  series: readonly Series[],
  axes: Axes = usual,
): Promise<void> {
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, `${name}.svg`), `${plot(title, series, axes)}\n`);
}
