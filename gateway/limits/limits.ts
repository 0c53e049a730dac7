// What one document may ask for. The count of selections is what bounds planning: see docs/decisions.

/** Tokens of a document: what a parser reads before it gives up. */
export const maxTokens = 6_000;

/** Fields and fragments of an operation, after its fragments are expanded. */
export const maxSelections = 1_000;

/** How deep selections nest. */
export const maxDepth = 20;

/** Fields side by side at the root: each may be a call of its own. */
export const maxRootFields = 30;
