import { describe, expect, it } from 'vitest';
import { pragmasIn } from '../../src/definition/pragma.ts';

const texts = (text: string): readonly string[] => pragmasIn(text, 'glsl').map((pragma) => pragma.text);

describe('pragmasIn()', () => {
  it('finds pragmas with their lines, whatever ends a line', () => {
    const lines = [
      '#version 450',
      '#pragma guestmark axis n = 1',
      '',
      '\t# pragma\tguestmark  flops 2 * n \t',
    ];
    for (const end of ['\n', '\r\n', '\r']) {
      expect(pragmasIn(lines.join(end), 'glsl')).toEqual([
        { text: 'axis n = 1', line: 2 },
        { text: 'flops 2 * n', line: 4 },
      ]);
    }
  });

  it.each([
    ['// #pragma guestmark axis n = 1', []],
    ['/* #pragma guestmark axis n = 1 */', []],
    ['/*\n#pragma guestmark axis n = 1\n*/\n#pragma guestmark axis m = 1', ['axis m = 1']],
    ['/* one */ #pragma guestmark axis n = 1', ['axis n = 1']],
    ['#pragma guestmark axis n = 1 // one', ['axis n = 1']],
    ['#pragma guestmark axis n = /* one */ 1', ['axis n =           1']],
    ['#pragma guestmark fill x = file "a//b.bin" // one', ['fill x = file "a//b.bin"']],
    [
      '#pragma guestmark fill x = file "/*.bin"\n#pragma guestmark axis n = 1',
      ['fill x = file "/*.bin"', 'axis n = 1'],
    ],
    ['/* // */ #pragma guestmark axis n = 1', ['axis n = 1']],
    ['// /*\n#pragma guestmark axis n = 1', ['axis n = 1']],
    ['/* never ends\n#pragma guestmark axis n = 1', []],
    ['#pragma guestmark', ['']],
    ['#pragma guestmarks axis n = 1', []],
    ['#pragma GUESTMARK axis n = 1', []],
    ['#pragma once\n#define guestmark axis', []],
    ['int x; #pragma guestmark axis n = 1', []],
    ['\uFEFF#pragma guestmark axis n = 1', ['axis n = 1']],
    ['#pragma guestmark summary a\u2028b', ['summary a\u2028b']],
  ])('finds in %j %j', (text, expected) => {
    expect(texts(text)).toEqual(expected);
  });

  it('finds those of SPIR-V assembly in its comments', () => {
    const text =
      '; #pragma guestmark axis n = 1\n#pragma guestmark axis m = 1\n  ;# pragma guestmark flops n';
    expect(pragmasIn(text, 'spirv-assembly')).toEqual([
      { text: 'axis n = 1', line: 1 },
      { text: 'flops n', line: 3 },
    ]);
  });

  it.each([
    ['spaces', `#pragma guestmark x${' '.repeat(300_000)}y`],
    ['quotes', `${'"'.repeat(300_001)}`],
    ['open comments', '/*'.repeat(150_000)],
    ['lines', '#pragma guestmark\n'.repeat(20_000)],
  ])('is done soon with many %s', (_, text) => {
    const begin = performance.now();
    pragmasIn(text, 'glsl');
    expect(performance.now() - begin).toBeLessThan(1000);
  });
});
