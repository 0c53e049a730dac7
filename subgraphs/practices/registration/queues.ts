/** Registers a submission; the key is its id. */
export const registerQueue = 'practices.register';
/** Asks the register how the practices stand that are due; the key is `due`. */
export const followQueue = 'practices.follow';
