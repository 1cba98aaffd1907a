import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src/definition/parse-json.ts';

describe('parseJson()', () => {
  it('reads JSON', () => {
    expect(parseJson('{"a": [1]}')).toEqual({ value: { a: [1] } });
  });

  it.each([
    ['{\n"a": 1,\n}', 3],
    ['{\n"a": [,]\n}', null],
    ['{\n"a": 1\n', 2],
    ['', 1],
    ['['.repeat(2 ** 20), 1],
  ])('says in which line it is none', (text, line) => {
    expect(parseJson(text)).toMatchObject({
      problem: expect.stringMatching(/^it is not JSON \([^\n]+\)$/),
      line,
    });
  });
});
