import { readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { projectFile } from '../../core/project-root.ts';
import { runTool } from './tool.ts';

/** Samples of one scrape by series. Shape: `school_part_up{label="database"}` → 1. */
export type Scrape = ReadonlyMap<string, number>;

export function readScrape(text: string): Scrape {
  const samples = text
    .split('\n')
    .filter((line) => line.startsWith('school_'))
    .map(
      (line) =>
        [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))] as const,
    );
  return new Map(samples);
}

/**
 * The alerts that fire when a process goes on as between two scrapes of it: counters grow by as much each minute,
 * gauges keep their last value. Answered by `promtool test rules` with our own rules, after two hours.
 */
export async function firingAlerts(before: Scrape, after: Scrape): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rules-'));
  const rules = projectFile('deploy', 'prometheus', 'rules.yaml');
  const text = readFileSync(rules, 'utf8');
  const isRead = (name: string) => text.includes(name.split('{')[0] ?? name);
  const read = [...after].filter(([name]) => isRead(name));
  const series = read.map(([name, value]) => ({
    series: name,
    values: isCounter(name)
      ? `${before.get(name) ?? 0}+${value - (before.get(name) ?? 0)}x120`
      : `${value}x120`,
  }));
  const expr = 'ALERTS{alertstate="firing"}';
  const test = {
    rule_files: [rules],
    evaluation_interval: '1m',
    tests: [
      {
        interval: '1m',
        input_series: [...series, { series: 'up{job="school",instance="a"}', values: '1x120' }],
        // What it found instead of nothing is in its message.
        promql_expr_test: [{ expr: `count by (alertname) (${expr})`, eval_time: '2h', exp_samples: [] }],
      },
    ],
  };
  const path = join(folder, 'test.yaml');
  await writeFile(path, stringify(test));
  const { code, output } = runTool('promtool', ['test', 'rules', path]);
  if (code === 0) return [];
  const found = [...output.matchAll(/alertname="(\w+)"/g)].map(([, name = '']) => name);
  if (found.length === 0) throw new Error(output);
  return [...new Set(found)].sort();
}

function isCounter(name: string): boolean {
  return /_(total|count|sum|bucket)(\{|$)/.test(name);
}
