import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { historyCsv } from '../../src/history/history-csv.ts';
import { historyMarkdown } from '../../src/history/history-markdown.ts';
import { historyTable } from '../../src/history/history-table.ts';
import { caseOfDays, days, sampleHistory, sideOf, slowedSide } from './sample-history.ts';

const table = (history: Parameters<typeof historyTable>[0], width = 120): string =>
  historyTable(history, { width, color: false });

const SLOWED = sampleHistory(slowedSide());

/** Twelve days of three cases, of which the last one changed. */
const THREE = ((): typeof SLOWED => {
  const side = slowedSide();
  const quiet = days(12);
  const cases = [
    caseOfDays('copy[n=1Mi]', quiet, { axes: { n: 2 ** 20 } }, 2),
    caseOfDays('copy[n=4Mi]', quiet, { axes: { n: 2 ** 22 } }, 3),
    { ...(side.cases[0] as (typeof side.cases)[number]), id: 'triad[n=1Mi]', benchmark: 'triad' },
  ];
  return sampleHistory({ ...side, cases });
})();

const HOSTILE = '<b>|`*=1+1\u001b[31m\u202e\nx';

describe('historyTable()', () => {
  it('has a line for each series, those with changes first, and says where they changed and what else did', () => {
    const lines = table(THREE).split('\n');
    expect(lines[0]).toBe('Example GPU on guest-1');
    expect(lines[1]).toBe('changed 2026-01-07 03:04: driver: Example 1.2 → Example 1.3');
    expect(lines[3]).toMatch(/^triad +GPU time +12 +▁▁▁▁▁▁[▂-█]+ +1\.00 ms ±0\.\d% +1\.05 ms/);
    expect(lines[4]).toMatch(/^ {2}slower between report 6 \(2026-01-06 03:04\) and 7/);
    expect(lines.filter((line) => /^copy\[n=\dMi\] .* (same|unclear)$/.test(line))).toHaveLength(2);
    expect(lines.at(-3)).toContain(
      '12 reports from 2026-01-01 03:04 to 2026-01-12 03:04 (UTC); of 3 series 1',
    );
    for (const line of table(THREE, 80).split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('tells cases apart of which one lacks an axis', () => {
    const [first, second] = ['copy[n=1]', 'copy[n=1,repeat=1]'];
    const axes = [{ n: 1 }, { n: 1, repeat: 1 }] as const;
    const cases = [
      caseOfDays(first, days(2), { axes: axes[0] }),
      caseOfDays(second, days(2), { axes: axes[1] }),
    ];
    const lines = table(sampleHistory(sideOf(days(2), cases))).split('\n');
    for (const label of ['copy', 'copy[repeat=1]'])
      expect(lines.filter((line) => line.startsWith(`${label} `))).toHaveLength(1);
  });

  it('says that one report is no history, and shows it', () => {
    const text = table(sampleHistory(sideOf([{}])));
    expect(text).toContain('1.00 ms');
    expect(text).toContain('One report is no history: run again later');
  });

  it('tells what is left out, reasons once', () => {
    const none = { problems: ['its output is wrong'] };
    const side = sideOf(days(2), [caseOfDays('a', [], none), caseOfDays('b', [], none)]);
    const refused = [{ path: 'x', message: 'Cannot read "x": it is not JSON' }];
    const text = table(sampleHistory({ ...side, refused }));
    expect(text).toContain('not shown  a and 1 more: its output is wrong');
    expect(text).toContain('left out   Cannot read "x": it is not JSON');
    expect(text).toContain('; 1 file left out');
  });

  it('names devices that are not known', () => {
    const facts = { device: unavailable('no driver'), producer: 'hyperfine' };
    expect(table(sampleHistory(sideOf([{ facts }])))).toContain(
      'an unknown device (no driver) on guest-1, by hyperfine',
    );
  });
});

describe('every format', () => {
  const facts = { device: available(HOSTILE), driver: available('a') };
  const later = { facts: { ...facts, driver: available(HOSTILE) } };
  const id = `x[${HOSTILE}]`;
  const side = sideOf([{ facts }, later]);
  const cases = [caseOfDays(id, [{}, {}], { benchmark: HOSTILE, axes: { [HOSTILE]: 1 } })];
  const history = sampleHistory({ ...side, cases, refused: [{ path: HOSTILE, message: HOSTILE }] });

  it('shows hostile names as harmless text', () => {
    const controls = /(?!\n)[\p{Cc}\p{Bidi_Control}]/u;
    expect(table(history)).not.toMatch(controls);
    const markdown = historyMarkdown(history);
    expect(markdown).not.toMatch(controls);
    expect(markdown.replaceAll(/(`+).*?\1/g, '').replaceAll('<!-- -->', '')).not.toContain('<');
    expect(historyCsv(history)).not.toMatch(controls);
  });
});

describe('historyMarkdown()', () => {
  it('begins with the summary and has a row for each series', () => {
    const lines = historyMarkdown(SLOWED).split('\n');
    expect(lines[0]).toMatch(/^\*\*12 reports from 2026-01-01 03:04/);
    expect(lines).toContain('### Example GPU on guest-1');
    expect(lines.filter((line) => line.startsWith('| `copy[n=16Mi]` | GPU time | 12 |'))).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('* `copy[n=16Mi]`: slower between report 6'))).toHaveLength(
      1,
    );
  });

  it('stresses a latest report that differs', () => {
    expect(historyMarkdown(sampleHistory(sideOf(days(12, { factor: 1.1 }))))).toMatch(
      /\*\*slower\*\* \+1?\d/,
    );
  });
});

describe('historyCsv()', () => {
  it('has a row a point with all digits, and tells level, change and events at the first report with them', () => {
    const [head = '', ...rows] = historyCsv(SLOWED).trim().split('\n');
    const columns = head.split(',');
    const cell = (row: string, name: string): string | undefined =>
      row.split(',').at(columns.indexOf(name) - columns.length);
    expect(rows).toHaveLength(12);
    expect(rows.map((row) => cell(row, 'level')).join('')).toBe('111111222222');
    expect(rows.map((row) => cell(row, 'change')).filter((text) => text !== '')).toEqual(['slower']);
    expect(cell(rows[6] ?? '', 'events')).toBe('driver: Example 1.2 → Example 1.3');
    expect(Number(cell(rows[0] ?? '', 'value'))).toBe(SLOWED.series[0]?.points[0]?.value);
  });
});
