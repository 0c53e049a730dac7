/**
 * The documents of a manifest, in either of the formats that tools write.
 *
 * Apollo's (`{"format":"apollo-persisted-query-manifest","version":1,"operations":[{"id","name","type","body"}]}`,
 * of Apollo Client, Kotlin and iOS) or graphql-codegen's (`{"<hash>":"<document>"}`, of its client preset). Ids
 * are ignored: the key of a document is the SHA-256 of its text. Errors: Error that says what was expected.
 */
export function readManifest(text: string): readonly string[] {
  const manifest = parsed(text);
  const bodies =
    'operations' in manifest
      ? asList(manifest.operations).map((operation) => (operation as { body?: unknown } | null)?.body)
      : Object.values(manifest);
  if (!bodies.every((body) => typeof body === 'string')) throw new Error(expected);
  return [...new Set(bodies)];
}

const expected =
  "The file is no manifest of documents. Either Apollo's persisted-query-manifest or graphql-codegen's persisted-documents.json is expected.";

function parsed(text: string): Record<string, unknown> {
  try {
    const manifest: unknown = JSON.parse(text);
    if (typeof manifest === 'object' && manifest !== null && !Array.isArray(manifest))
      return manifest as Record<string, unknown>;
  } catch {
    // Reported below.
  }
  throw new Error(expected);
}

function asList(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(expected);
  return value;
}
