// The statements about registered operations. Connections are opened elsewhere: gateways keep some, commands open one.

/** The documents that a gateway lacks, and those that it holds although they are no longer registered. */
export const operationsSince = `
  SELECT 'added' AS kind, body AS text FROM (
    SELECT DISTINCT ON (hash) body, added_at, hash FROM trusted_document WHERE hash <> ALL($1) ORDER BY hash, added_at
  ) AS added
  UNION ALL
  SELECT 'missing', held.hash FROM unnest($1::text[]) AS held (hash)
  WHERE NOT EXISTS (SELECT FROM trusted_document WHERE trusted_document.hash = held.hash)`;

/** Of several gateways only the first within a minute writes. */
export const operationsUsed = `
  UPDATE trusted_document SET last_used_at = now()
  WHERE hash = ANY($1) AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`;

export const operationsOfClient = `
  SELECT client, hash, source, body, added_at AS "addedAt", last_used_at AS "lastUsedAt"
  FROM trusted_document WHERE $1::text IS NULL OR client = $1 ORDER BY client, added_at, hash`;

export const insertOperations = `
  INSERT INTO trusted_document (hash, client, body, source)
  SELECT hash, $4, body, $3 FROM unnest($1::text[], $2::text[]) AS given (hash, body)
  ON CONFLICT (hash, client) DO NOTHING`;

export const deleteOperations = 'DELETE FROM trusted_document WHERE client = $1 AND hash = ANY($2)';
