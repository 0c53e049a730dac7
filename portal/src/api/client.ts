import { Client, fetchExchange } from '@urql/core';
import { config } from '../config.ts';
import { fetchAsUser } from './fetch-as-user.ts';

/**
 * Without a cache: a page shows what is so now, and each needs one request.
 */
export const client = new Client({
  url: config.graphqlUrl,
  exchanges: [fetchExchange],
  fetch: fetchAsUser,
  preferGetMethod: false,
  requestPolicy: 'network-only',
});
