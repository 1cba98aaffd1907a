// Seeded choices, and the strings and numbers that have hurt parsers before. A draw depends on the generator alone, so that
// target, seed and index make the same input again.

/** A whole number from 0 to below `count`. */
export const below = (random, count) => Math.floor(random() * count);

export const pick = (random, items) => items[below(random, items.length)];

/** True once in `often` times. */
export const onceIn = (random, often) => random() * often < 1;

/** Names of what every object inherits, escape codes, halves of pairs, markup, paths. */
export const STRINGS = [
  '',
  ' ',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '\u001b[2J\u001b[31m',
  '\u001b]0;title\u0007',
  '\u009b31m',
  '\r\n',
  '\n\n',
  '\t',
  '\0',
  '\u007f\b\b',
  '\u2028\u2029',
  '\u202egnp.exe\u2066',
  '\ufeff',
  '\ud800',
  '\udfff\ud800',
  '\ufffd\ufffe',
  'é'.repeat(3),
  '漢字🦊',
  'a\u0301'.repeat(40),
  '</script><script>1',
  '<!--<script>',
  ']]>&amp;"\'`',
  '=cmd|x',
  '../../../../etc/passwd',
  '/dev/zero',
  '%s%n%x',
  '$(id)`id`',
  'NaN',
  '-Infinity',
  'null',
  '0x10',
  '1e999',
  '-1',
  '9'.repeat(40),
  'x'.repeat(300),
  'y '.repeat(3000),
];

/** Limits of the types that numbers pass through. `1e999` as JSON reads it is no JSON number that can be written: see change-json. */
export const NUMBERS = [
  ...[
    0, -0, 1, -1, 0.5, -0.5, 2, 3, 10, 63, 64, 65, 100, 255, 256, 1000, 1e-9, 5e-324, 1e300,
    1.7976931348623157e308,
  ],
  ...[
    2 ** 31 - 1,
    2 ** 31,
    2 ** 32 - 1,
    2 ** 32,
    2 ** 53 - 1,
    2 ** 53,
    2 ** 53 + 2,
    2 ** 64,
    -(2 ** 31),
    -(2 ** 63),
  ],
  ...[1e21, 1e-7, 8.64e15, 8.64e15 + 1, -1e300],
];
