import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Telemetry } from './telemetry.ts';

/** Reports when certificates end, read anew at each scrape. `files` has their PEM files by variable; null is none. */
export function watchCertificates(
  files: Readonly<Record<string, string | null | undefined>>,
  telemetry: Telemetry,
): void {
  const found = Object.entries(files).flatMap(([label, file]) => (file ? [{ label, file }] : []));
  if (!telemetry.isOn || found.length === 0) return;
  telemetry.gauge('certificate_ends_seconds', () =>
    Promise.all(found.map(async ({ label, file }) => ({ label, value: endOf(await readFile(file)) }))),
  );
}

function endOf(pem: Buffer): number {
  return new Date(new X509Certificate(pem).validTo).getTime() / 1_000;
}
