declare const brand: unique symbol;

/** A primitive that was parsed once and is trusted from then on: `Brand<string, 'Iuv'>`. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
