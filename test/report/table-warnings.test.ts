import { describe, expect, it } from 'vitest';
import { textOf } from '../../src/report/paint.ts';
import type { CaseResult, ReportWarning } from '../../src/report/report.ts';
import { sharedWarnings, warningRows } from '../../src/report/table-warnings.ts';
import { caseResult } from './sample-report.ts';

const BASE = caseResult();
const unstable = (message = 'known to ± 7 % only'): ReportWarning => ({
  id: 'unstable',
  message,
  advice: 'use more runs',
});
const withWarnings = (id: string, ...warnings: ReportWarning[]): CaseResult => ({ ...BASE, id, warnings });
const rows = (results: readonly CaseResult[], warnings: readonly ReportWarning[] = []): string[][] =>
  warningRows({ results, warnings }).map(({ cells }) => cells.map(textOf));

describe('warningRows()', () => {
  it('names the case, the message and what to do', () => {
    expect(rows([withWarnings('a', unstable()), withWarnings('b')])).toEqual([
      ['unstable', 'a: known to ± 7 % only\n→ use more runs'],
    ]);
  });

  it('puts cases with the same message on one line', () => {
    const results = [withWarnings('a', unstable()), withWarnings('b', unstable()), withWarnings('c')];
    expect(rows(results)[0]?.[1]).toBe('a, b: known to ± 7 % only\n→ use more runs');
  });

  it('counts the cases where it is all of them or more than three', () => {
    const three = ['a', 'b', 'c'].map((id) => withWarnings(id, unstable()));
    expect(rows(three)[0]?.[1]).toContain('all 3 cases: ');
    const four = [...three, withWarnings('d', unstable()), withWarnings('e')];
    expect(rows(four)[0]?.[1]).toContain('4 cases: ');
  });

  it('shows three messages of a kind and counts the others', () => {
    const results = [1, 2, 3, 4, 5].map((i) => withWarnings(`c${i}`, unstable(`message ${i}`)));
    expect(rows(results)[0]?.[1]).toContain('c3: message 3\nand 2 more of this kind');
  });

  it('puts warnings of the whole report first, without a case', () => {
    const software = { id: 'software-device', message: 'no GPU', advice: null };
    expect(rows([withWarnings('a', unstable())], [software])).toEqual([
      ['software-device', 'no GPU'],
      ['unstable', 'a: known to ± 7 % only\n→ use more runs'],
    ]);
  });
});

describe('sharedWarnings()', () => {
  it('are those of every measured case', () => {
    const other = { id: 'one-run', message: 'one run', advice: null };
    const failed = { ...withWarnings('c'), status: 'failed' as const };
    expect(sharedWarnings([withWarnings('a', unstable(), other), withWarnings('b', other), failed])).toEqual(
      new Set(['one-run']),
    );
  });

  it('are none with a single case, whose row then names them', () => {
    expect(sharedWarnings([withWarnings('a', unstable())])).toEqual(new Set());
  });
});
