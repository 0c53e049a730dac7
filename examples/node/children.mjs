// The children of a family, and all their invoices. TOKEN is an access token of a citizen.
import { ApiError, createClient } from '@school-services/client';
import { Children, Invoices } from '@school-services/client/operations';

const client = createClient({
  url: process.env.API ?? 'http://127.0.0.1:4000/graphql',
  token: process.env.TOKEN,
  language: 'en',
});

try {
  const { me } = await client.query(Children, {});
  if (me === null) throw new Error('Set TOKEN to the access token of a citizen.');
  for (const child of me.children ?? []) {
    console.log(`${child.firstName} ${child.lastName}`);
    const rows = client.rows(Invoices, { childIds: [child.id], first: 20 }, (data) => data.me?.invoices);
    for await (const { year, number, outstanding } of rows)
      console.log(`  ${year}/${number}: ${(outstanding / 100).toFixed(2)} EUR to pay`);
  }
} catch (error) {
  if (!(error instanceof ApiError)) throw error;
  console.error(`${error.code}: ${error.message} (request ${error.requestId})`);
  process.exitCode = 1;
}
