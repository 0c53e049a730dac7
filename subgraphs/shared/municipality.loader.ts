import { defineOnce } from './loader.ts';

/** The body that this gateway serves: one statement a request, whoever asks. Null when the register does not say. */
export const body = defineOnce(({ legacy }) => legacy.anagrafe.municipality());
