import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Options } from '../options.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { openTown, type Town } from './town.ts';

/** What every contestant stands on: the same databases and the same identity provider. */
export interface Services {
  readonly town: Town;
  readonly issuer: Issuer;
  /** The configuration of a process that answers from that database. */
  environment(legacyUrl: string): Readonly<Record<string, string>>;
  /** The id of an application about a child that may be started today. */
  readonly templateId: string;
  /** Runs statements on our own database. */
  undo(statements: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export async function openServices({ dataDir, children }: Options): Promise<Services> {
  const issuer = await startIssuer();
  const town = await openTown(dataDir);
  // Its seed also fills the tables of our own database.
  await town.legacyUrl(children);
  const own = new pg.Client(town.ownUrl);
  await own.connect();
  const secret = () => randomBytes(32).toString('hex');
  const secrets = {
    ID_SECRET: secret(),
    DOCUMENT_SECRETS: secret(),
    AUDIT_SECRETS: secret(),
    FILE_KEYS: `bench:${randomBytes(32).toString('base64')}`,
    SUBGRAPH_SECRET: secret(),
  };
  return {
    town,
    issuer,
    templateId: await openTemplate(own),
    async undo(statements) {
      for (const statement of statements) await own.query(statement);
    },
    environment: (legacyUrl) => ({
      ...secrets,
      NODE_ENV: 'production',
      PORT: '0',
      HOST: '127.0.0.1',
      PUBLIC_URL: 'http://127.0.0.1:4000',
      DATABASE_URL: town.ownUrl,
      HYPERSIC_DATABASE_URL: legacyUrl,
      // Applications are sent by the worker, and none works here.
      HYPERSIC_SOAP_URL: 'http://127.0.0.1:9/',
      HYPERSIC_SOAP_USER: 'bench',
      HYPERSIC_SOAP_PASSWORD: 'bench',
      METRICS_PORT: '0',
      OIDC_ISSUER: issuer.url,
      OIDC_AUDIENCE: issuer.audience,
      // On, and wide enough that nobody who measures is stopped by them.
      TRUSTED_DOCUMENTS: 'allow',
      RATE_LIMIT_PER_MINUTE: '1000000',
    }),
    async close() {
      issuer.close();
      await own.end();
      await town.close();
    },
  };
}

async function openTemplate(own: pg.Client): Promise<string> {
  const { rows } = await own.query<{ id: string }>(
    `SELECT id FROM practice_template WHERE concerns_child AND (opens_on IS NULL OR opens_on <= now())
     AND (closes_on IS NULL OR closes_on >= now()) ORDER BY id LIMIT 1`,
  );
  const [template] = rows;
  if (template === undefined)
    throw new Error('The town has no application about a child that may be started.');
  return Buffer.from(`PracticeTemplate:${template.id}`).toString('base64url');
}
