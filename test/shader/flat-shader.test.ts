import { describe, expect, it } from 'vitest';
import { type FlatShader, placeOfLine, withMacros } from '../../src/shader/flat-shader.ts';

const source = (path: string) => ({ path, text: '' });
const [a, b] = [source('a'), source('b')];
const flat: FlatShader = {
  text: '#version 450\nb1\nb2\na3\n',
  segments: [
    { firstLine: 1, source: a, sourceLine: 1 },
    { firstLine: 2, source: b, sourceLine: 1 },
    { firstLine: 4, source: a, sourceLine: 3 },
  ],
  refusals: new Map([[3, 'refused']]),
  sources: [a, b],
};

describe('withMacros()', () => {
  const defined = withMacros(flat, { X: '1', Y: '' });
  const placesOf = (shader: FlatShader, lines: number[]) =>
    lines.map((line) => {
      const place = placeOfLine(shader, line);
      return place && `${place.source.path}${place.line}`;
    });

  it('defines them behind #version, and moves the lines behind', () => {
    expect(defined.text).toBe('#version 450\n#define X 1\n#define Y \nb1\nb2\na3\n');
    expect(placesOf(flat, [0, 1, 2, 3, 4, 5])).toEqual([undefined, 'a1', 'b1', 'b2', 'a3', 'a4']);
    expect(placesOf(defined, [1, 2, 3, 4, 5, 6])).toEqual(['a1', undefined, undefined, 'b1', 'b2', 'a3']);
    expect([...defined.refusals]).toEqual([[5, 'refused']]);
  });

  it('defines them first where there is no #version', () => {
    const shader = { ...flat, text: 'x\ny\n', segments: flat.segments.slice(0, 1) };
    const whole = withMacros(shader, { X: '1' });
    expect(whole.text).toBe('#define X 1\nx\ny\n');
    expect(placesOf(whole, [1, 2, 3])).toEqual([undefined, 'a1', 'a2']);
  });

  it('changes nothing without macros', () => {
    expect(withMacros(flat, {})).toBe(flat);
  });
});
