import type { PartsCheck } from '../http/health.ts';
import { cachedCheck } from '../resilience/cached-check.ts';
import type { Telemetry } from './telemetry.ts';

/** Reports which parts behind a process answer, as `/health/ready` does. */
export function watchParts(check: PartsCheck, telemetry: Telemetry): void {
  if (!telemetry.isOn) return;
  const parts = cachedCheck(1_000, check);
  telemetry.gauge('part_up', async () =>
    Object.entries(await parts()).map(([label, isUp]) => ({ label, value: Number(isUp) })),
  );
}
