import { createClient } from '@school-services/client';
import { config } from '../config.ts';
import { language } from '../language.ts';
import { accessToken, noteChallenge } from '../sign-in/access-token.ts';

/** Without a cache: a page shows what is so now, and each needs one request. */
export const client = createClient({
  url: config.graphqlUrl,
  token: accessToken,
  language,
  // A person waits: a page with a button to try again is better than a minute without one.
  retries: 2,
  longestWaitMs: 3_000,
  fetch: async (target, init) => {
    const response = await fetch(target, init);
    noteChallenge(response);
    return response;
  },
});
