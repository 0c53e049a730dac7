import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The kernel counts in ticks; on Linux user programs always see 100 a second. */
const msPerTick = 10;

/**
 * The processor time that the server of a data folder has used so far, all its sessions included, those that have ended
 * too. Unit: milliseconds; NaN where there is no `/proc`. Source: proc(5), fields 14 to 17 of `stat`.
 */
export function postgresCpuMs(dataDir: string): number {
  try {
    const [server = ''] = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
    const children = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => statOf(pid) ?? [])
      .filter(({ parent }) => parent === server)
      .reduce((sum, { own }) => sum + own, 0);
    const { own, ended } = statOf(server) ?? { own: Number.NaN, ended: 0 };
    return (own + ended + children) * msPerTick;
  } catch {
    return Number.NaN;
  }
}

/** Null for a process that has just ended. */
function statOf(
  pid: string,
): { readonly parent: string; readonly own: number; readonly ended: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const at = (nth: number) => Number(fields[nth - 3]);
    return { parent: fields[1] ?? '', own: at(14) + at(15), ended: at(16) + at(17) };
  } catch {
    return null;
  }
}
