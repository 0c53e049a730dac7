/** Where the portal runs. The server that delivers the page writes it into the page. */
export interface PortalConfig {
  readonly townName: string;
  readonly townTagline: string;
  readonly graphqlUrl: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly audience: string;
}

export const config = JSON.parse(
  document.querySelector('#portal-config')?.textContent ?? '{}',
) as PortalConfig;
