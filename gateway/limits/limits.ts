// What one request may ask for. Selections are what bounds planning (docs/decisions/0001); fragments, aliases and
// directives are what validation takes long for. test/unit/gateway/limits/check-operation.test.ts has documents at and past
// each, and `npm run bench:protections` says how long the worst of them take.

/** A request's body: large enough for any document and its variables. Files go to signed upload addresses. */
export const maxBodyBytes = 256 * 1024;

/** How deep JSON nests, and how many values it has. */
export const maxJsonDepth = 32;
export const maxJsonValues = 10_000;

/** Characters of a document: what a parser passes over counts for nothing else. */
export const maxDocumentLength = 64 * 1024;

/** Tokens of a document: what a parser reads before it gives up. */
export const maxTokens = 6_000;

/** How deep brackets of any kind nest: parsers recurse. */
export const maxNesting = 64;

/** Fields and fragments of all operations of a document, after fragments are expanded. */
export const maxSelections = 1_000;

/** Pairs of fields with one name and something inside: validation compares each with each, wherever they stand. */
export const maxPairs = 5_000;

/** How deep selections nest. */
export const maxDepth = 20;

/** Fields side by side at the root: each may be a call of its own. */
export const maxRootFields = 30;

/** Other names for fields, and directives, after fragments are expanded. */
export const maxAliases = 100;
export const maxDirectives = 100;

/** Definitions of a document: each pair of fragments may have to be compared. */
export const maxFragments = 100;
export const maxOperations = 20;

/** Objects that an operation may bring, by its page sizes: pages within pages multiply. */
export const maxObjects = 25_000;

/** What a list without page size is taken for. */
export const assumedListSize = 5;

/** What a page is taken for whose size is nowhere said. */
export const assumedPageSize = 20;

/** Validation ends after so many errors: a client repairs one after the other. */
export const maxErrors = 20;

/** A sentence longer than this repeats what the client sent. */
export const maxMessageLength = 500;
