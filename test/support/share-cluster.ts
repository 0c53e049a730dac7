import {
  appRole,
  createRoles,
  migrateRole,
  type RolePasswords,
  readRole,
} from '../../demo/postgres/create-roles.ts';
import type { Cluster } from '../../demo/postgres/start-cluster.ts';

export const rolePasswords = {
  migrate: 'owner-of-tests',
  app: 'service-of-tests',
  read: 'reader-of-tests',
} as const satisfies RolePasswords;

/** Says to test files where the server of all tests is: as its superuser, and as each role of ours. */
export async function shareCluster(cluster: Cluster): Promise<void> {
  const url = (name: string, password: string) => cluster.urlFor('postgres', { name, password });
  process.env.TEST_CLUSTER_URL = cluster.urlFor('postgres');
  await createRoles(process.env.TEST_CLUSTER_URL, rolePasswords);
  process.env.TEST_OWNER_URL = url(migrateRole, rolePasswords.migrate);
  process.env.TEST_SERVICE_URL = url(appRole, rolePasswords.app);
  process.env.TEST_READER_URL = url(readRole, rolePasswords.read);
}
