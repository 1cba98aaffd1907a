import { describe, expect, it } from 'vitest';
import { painter } from '../../src/report/paint.ts';
import { matrixLines, matrixOf } from '../../src/tenants/matrix-table.ts';
import type { GroupFigures, MemberFigures } from '../../src/tenants/tenants-report.ts';
import { sampleTenants } from './sample-tenants.ts';

/** A pair of kinds of work with these slowdowns of the first and the second. */
function pair(first: string, second: string, slowdowns: readonly [number, number]): GroupFigures {
  const [group] = sampleTenants().figures as [GroupFigures];
  const members = [first, second].map((workClass, i): MemberFigures => {
    const value = slowdowns[i] ?? 0;
    const wallTime = { available: true, value: { value, low: value, high: value } } as const;
    const member = group.members[i] as MemberFigures;
    return { ...member, workClass, slowdown: { ...member.slowdown, wallTime } };
  });
  return { ...group, members };
}

const FIGURES = [pair('a', 'a', [2, 2.1]), pair('a', 'b', [3, 1.5]), pair('b', 'b', [4, 4.1])];

describe('the interference matrix', () => {
  it('has the victim in the row and its neighbour in the column', () => {
    const { kinds, rows } = matrixOf(FIGURES);
    expect(kinds).toEqual(['a', 'b']);
    const values = rows.map((row) => row.map((one) => (one.available ? one.value.value : null)));
    expect(values).toEqual([
      [2, 3],
      [1.5, 4],
    ]);
  });

  it('leaves open what was not measured, in its place', () => {
    const { rows } = matrixOf([pair('a', 'b', [3, 1.5])]);
    expect(rows.map((row) => row.map(({ available }) => available))).toEqual([
      [false, true],
      [true, false],
    ]);
  });

  it.each([
    [120, /^a +2\.00x \(2\.00–2\.00\) +3\.00x/],
    [50, /^a +2\.00x +3\.00x$/],
  ])('shows intervals where there is room (%i columns)', (width, row) => {
    const lines = matrixLines(FIGURES, new Map(), { width, paint: painter(false) });
    expect(lines[1]).toMatch(row);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
  });
});
