import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** A whole collection now: what is measured afterwards holds no garbage of before. */
export const collectGarbage = runInNewContext('gc') as () => void;
