import { describe, expect, it } from 'vitest';
import { parseModule } from '../../src/shader/parse-module.ts';
import { specializationConstants } from '../../src/shader/spirv-constants.ts';
import { assembleKernel, type Line } from './assemble.ts';

const constantsOf = (lines: readonly Line[]) => specializationConstants(parseModule(assembleKernel(lines)));
const SPEC_ID = 1;

describe('specializationConstants()', () => {
  it.each<[string, number, number | bigint | boolean, readonly Line[]]>([
    [
      'uint',
      4,
      0xffff_ffff,
      [
        [21, 10, 32, 0],
        [50, 10, 20, -1],
      ],
    ],
    [
      'int',
      4,
      -1,
      [
        [21, 10, 32, 1],
        [50, 10, 20, -1],
      ],
    ],
    [
      'int16',
      2,
      -2,
      [
        [21, 10, 16, 1],
        [50, 10, 20, -2],
      ],
    ],
    [
      'uint8',
      1,
      255,
      [
        [21, 10, 8, 0],
        [50, 10, 20, 255],
      ],
    ],
    [
      'int64',
      8,
      -1n,
      [
        [21, 10, 64, 1],
        [50, 10, 20, -1, -1],
      ],
    ],
    [
      'uint64',
      8,
      2n ** 32n + 5n,
      [
        [21, 10, 64, 0],
        [50, 10, 20, 5, 1],
      ],
    ],
    [
      'float',
      4,
      1.5,
      [
        [22, 10, 32],
        [50, 10, 20, 0x3fc0_0000],
      ],
    ],
    [
      'double',
      8,
      1.5,
      [
        [22, 10, 64],
        [50, 10, 20, 0, 0x3ff8_0000],
      ],
    ],
    [
      'float16',
      2,
      -1.5,
      [
        [22, 10, 16],
        [50, 10, 20, 0xbe00],
      ],
    ],
    [
      'float16',
      2,
      2 ** -24,
      [
        [22, 10, 16],
        [50, 10, 20, 1],
      ],
    ],
    [
      'float16',
      2,
      Number.POSITIVE_INFINITY,
      [
        [22, 10, 16],
        [50, 10, 20, 0x7c00],
      ],
    ],
    [
      'bool',
      4,
      true,
      [
        [20, 10],
        [48, 10, 20],
      ],
    ],
    [
      'bool',
      4,
      false,
      [
        [20, 10],
        [49, 10, 20],
      ],
    ],
  ])('reads a %s of %i bytes with default %s', (type, bytes, value, lines) => {
    const [constant] = constantsOf([[71, 20, SPEC_ID, 7], [5, 20, 'K'], ...lines]);
    expect(constant).toEqual({ id: 7, name: 'K', type, bytes, default: value });
  });

  it('leaves out constants that cannot be specialized', () => {
    expect(
      constantsOf([
        [21, 10, 32, 0],
        [43, 10, 20, 3],
      ]),
    ).toEqual([]);
  });

  it.each([
    ['first', [20, 21]],
    ['second', [21, 20]],
  ] as const)(
    'prefers the named one of two constants with one id when it comes %s',
    (_, [named, nameless]) => {
      const declared: Line[] = [
        [50, 10, 20, 20 === named ? 256 : 1],
        [50, 10, 21, 21 === named ? 256 : 1],
      ];
      const lines: Line[] = [
        [71, named, SPEC_ID, 0],
        [71, nameless, SPEC_ID, 0],
        [5, named, 'SIZE'],
      ];
      expect(constantsOf([...lines, [21, 10, 32, 0], ...declared])).toEqual([
        { id: 0, name: 'SIZE', type: 'uint', bytes: 4, default: 256 },
      ]);
    },
  );

  it('orders by id', () => {
    const lines: Line[] = [
      [71, 20, SPEC_ID, 9],
      [71, 21, SPEC_ID, 2],
      [21, 10, 32, 0],
    ];
    const ids = constantsOf([...lines, [50, 10, 20, 1], [50, 10, 21, 1]]).map(({ id }) => id);
    expect(ids).toEqual([2, 9]);
  });

  it('refuses more than a thousand, each of which would be an axis', () => {
    const declared = (count: number): Line[] => [
      ...Array.from({ length: count }, (_, index): Line => [71, 100 + index, SPEC_ID, index]),
      [21, 10, 32, 0],
      ...Array.from({ length: count }, (_, index): Line => [50, 10, 100 + index, 1]),
    ];
    expect(constantsOf(declared(1024))).toHaveLength(1024);
    expect(() => constantsOf(declared(1025))).toThrow('it has more than 1024 specialization constants');
  });

  it('refuses a constant whose type is no number, and one that is cut off', () => {
    expect(() => constantsOf([[50, 10, 20, 1]])).toThrow('has no numeric type');
    expect(() =>
      constantsOf([
        [21, 10, 64, 0],
        [50, 10, 20, 1],
      ]),
    ).toThrow('lacks operand 4');
  });
});
