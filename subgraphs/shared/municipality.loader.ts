import { defineOnce } from './loader.ts';

/**
 * The municipality that this gateway serves; one statement per request. Null if the legacy system does not have
 * it.
 */
export const municipalityOf = defineOnce(({ legacy }) => legacy.anagrafe.municipality());
