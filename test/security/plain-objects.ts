// What every object inherits, before and after something hostile was read.

/** Names of everything that objects, lists and functions inherit. */
export function inheritedNames(): readonly string[] {
  return [Object.prototype, Array.prototype, Function.prototype].flatMap((prototype) =>
    Object.getOwnPropertyNames(prototype),
  );
}

/** Names that every object has, or that mean something to one. */
export const INHERITED = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'];
