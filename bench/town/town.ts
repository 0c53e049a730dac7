import pg from 'pg';
import { groundwork } from '../product.ts';
import { growFamilies } from './growing-families.ts';

/** The databases that every contestant answers from. */
export interface Town {
  readonly ownUrl: string;
  /** The legacy database of a town with so many children; made when it is first wanted, and kept. */
  legacyUrl(children: number): Promise<string>;
  /** The same, with families of 1, 5 and 20 children, and children with 10, 100 and 1,000 invoices. */
  grownUrl(children: number): Promise<string>;
  /** Our own database with nothing in its tables, for as long as the work takes. */
  withEmptyOwn(work: (url: string) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** The embedded Postgres with towns of any size. */
export async function openTown(dataDir: string): Promise<Town> {
  const { startCluster, migrate, seedApart, loadChildren, systemClock } = await groundwork();
  const cluster = await startCluster({ dataDir });
  if (!(await cluster.hasDatabase('own'))) await cluster.createDatabase('own');
  const ownUrl = cluster.urlFor('own');
  await migrate(ownUrl);

  /** Under its name only when it is whole: a run that was cut off leaves no half a town. */
  const made = async (name: string, make: (url: string) => Promise<unknown>, template?: string) => {
    if (!(await cluster.hasDatabase(name))) {
      const partial = `${name}_partial`;
      await cluster.dropDatabase(partial);
      await cluster.createDatabase(partial, template);
      await make(cluster.urlFor(partial));
      await cluster.createDatabase(name, partial);
      await cluster.dropDatabase(partial);
    }
    return cluster.urlFor(name);
  };
  const legacyUrl = (children: number) =>
    made(`town_${children}`, async (url) => {
      await seedApart({ legacyUrl: url, ownUrl });
      await loadChildren(url, children, systemClock);
      await vacuum(url);
    });
  return {
    ownUrl,
    legacyUrl,
    async grownUrl(children) {
      await legacyUrl(children);
      return made(
        `grown_${children}`,
        async (url) => {
          await growFamilies(url);
          await vacuum(url);
        },
        `town_${children}`,
      );
    },
    async withEmptyOwn(work) {
      await cluster.dropDatabase('empty');
      await cluster.createDatabase('empty');
      try {
        await migrate(cluster.urlFor('empty'));
        await work(cluster.urlFor('empty'));
      } finally {
        await cluster.dropDatabase('empty');
      }
    },
    close: () => cluster.stop(),
  };
}

/** So that no contestant meets the server's own housekeeping. */
async function vacuum(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query('VACUUM ANALYZE');
  await client.end();
}
