import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Column, renderColumns } from '../../src/report/columns.ts';
import { displayWidth } from '../../src/report/display-width.ts';
import { painter } from '../../src/report/paint.ts';

const layout = (width: number): { width: number; paint: ReturnType<typeof painter> } => ({
  width,
  paint: painter(false),
});
const COLUMNS: readonly Column[] = [
  { heading: 'case', wraps: true },
  { heading: 'time', align: 'right' },
  { heading: 'ok' },
];

describe('renderColumns()', () => {
  it('aligns by display width', () => {
    const rows = [{ cells: ['copy', '1.0 µs', '✓'] }, { cells: ['设', '12 ns', '–'] }];
    expect(renderColumns(COLUMNS, rows, layout(80))).toEqual([
      'case    time  ok',
      'copy  1.0 µs  ✓',
      '设     12 ns  –',
    ]);
  });

  it('breaks the cells of a wrapping column where the width is short', () => {
    const rows = [{ cells: ['copy[n=16Mi,SIZE=256]', '1.0 µs', '✓'] }];
    expect(renderColumns(COLUMNS, rows, layout(24))).toEqual([
      'case            time  ok',
      'copy[n=16Mi,  1.0 µs  ✓',
      'SIZE=256]',
    ]);
  });

  it('leaves the headings out where there are none', () => {
    expect(renderColumns([{}, {}], [{ cells: ['a', 'b'] }], layout(80))).toEqual(['a  b']);
  });

  it('writes the text below a row over the whole width, indented', () => {
    const rows = [{ cells: ['a'], below: ['one two three four five six'] }];
    expect(renderColumns([{}], rows, layout(20))).toEqual(['a', '  one two three four', '  five six']);
  });

  it('never exceeds the width while a column can become narrower, and never ends a line in spaces', () => {
    const cell = fc
      .array(fc.constantFrom('ab', ' ', ',', 'µ', 'x['), { maxLength: 40 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell)), fc.integer({ min: 22, max: 60 }), (rows, width) => {
        const lines = renderColumns(
          [{ wraps: true }, { wraps: true }],
          rows.map((cells) => ({ cells })),
          layout(width),
        );
        for (const line of lines) {
          expect(displayWidth(line)).toBeLessThanOrEqual(width);
          expect(line).not.toMatch(/ $/);
        }
      }),
    );
  });
});
