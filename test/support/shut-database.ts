import pg from 'pg';

/** Refuses new connections to a database of the test cluster, and ends those that are open. */
export async function shutDatabase(url: string): Promise<void> {
  await administer(async (admin) => {
    await admin.query(`ALTER DATABASE "${nameIn(url)}" ALLOW_CONNECTIONS false`);
    await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
      nameIn(url),
    ]);
  });
}

export async function reopenDatabase(url: string): Promise<void> {
  await administer((admin) => admin.query(`ALTER DATABASE "${nameIn(url)}" ALLOW_CONNECTIONS true`));
}

const nameIn = (url: string) => new URL(url.replace(/^postgres:/, 'http:')).pathname.slice(1);

async function administer(work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client(process.env.TEST_CLUSTER_URL);
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}
