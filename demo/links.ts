import type { LandingLink } from '../gateway/landing/first-operation.ts';

/** Links for developers: the demo's own pages and controls. */
export function demoLinks(town: {
  readonly issuer: string;
  readonly hypersicUrl: string;
  readonly pagopaUrl: string;
  readonly portalUrl: string | undefined;
}): readonly LandingLink[] {
  const at = (path: string, base: string) => new URL(path, base).href;
  const { portalUrl } = town;
  const onPortal = (label: string, path: string) =>
    portalUrl === undefined ? [] : [{ label, url: at(path, portalUrl) }];
  return [
    ...onPortal('Portal', '/'),
    // The gateway's own: the reference with its guides.
    { label: 'Docs', url: '/docs/' },
    { label: 'People', url: at('/', town.issuer) },
    { label: "hyperSIC's faults", url: at('/faults', town.hypersicUrl) },
    { label: "pagoPA's faults", url: at('/control/chaos', town.pagopaUrl) },
    { label: 'Payments', url: at('/control/payments', town.pagopaUrl) },
    ...onPortal('Webhooks received', '/webhook-receiver'),
  ];
}
