// Limits of one request. Selections bound planning (docs/decisions/0001); fragments, aliases and
// directives bound validation. test/unit/gateway/limits/check-operation.test.ts has documents at and past
// each, and `npm run bench:protections` says how long the worst of them take.

/** Bytes of a request's body: enough for any document and its variables. Files go to signed upload addresses. */
export const maxBodyBytes = 256 * 1024;

/** Depth of the JSON, and number of its values. */
export const maxJsonDepth = 32;
export const maxJsonValues = 10_000;

/** Characters of a document: whitespace and comments count in no other limit. */
export const maxDocumentLength = 64 * 1024;

/** Tokens of a document, at which the parser stops. */
export const maxTokens = 6_000;

/** Depth of brackets of any kind: parsers recurse. */
export const maxNesting = 64;

/** Fields and fragments of all operations of a document, after fragments are expanded. */
export const maxSelections = 1_000;

/**
 * Pairs of fields with the same name and a selection set: validation compares each with each, wherever they stand.
 */
export const maxPairs = 5_000;

/** Depth of selections. */
export const maxDepth = 20;

/** Fields of the root: each may be a call of its own. */
export const maxRootFields = 30;

/** Aliases and directives, after fragments are expanded. */
export const maxAliases = 100;
export const maxDirectives = 100;

/** Definitions of a document: each pair of fragments may have to be compared. */
export const maxFragments = 100;
export const maxOperations = 20;

/** Objects that an operation may return, by its page sizes: pages within pages multiply. */
export const maxObjects = 25_000;

/** The assumed size of a list without page size. */
export const assumedListSize = 5;

/** The assumed size of a page whose size no argument states. */
export const assumedPageSize = 20;

/** Validation stops after this many errors: a client repairs one at a time. */
export const maxErrors = 20;

/** A longer sentence repeats what the client sent. */
export const maxMessageLength = 500;
