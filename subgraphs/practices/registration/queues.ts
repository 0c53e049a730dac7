/** Registers a submission; its key is the submission's id. */
export const registerQueue = 'practices.register';
/** Reads the state of due practices from the legacy system; its key is `due`. */
export const followQueue = 'practices.follow';
