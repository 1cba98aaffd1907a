import { describe, expect, it } from 'vitest';
import { unavailable } from '../../src/base/availability.ts';
import { comparisonCsv, csvCell } from '../../src/compare/comparison-csv.ts';
import { HOSTILE, hostileComparison } from './hostile-comparison.ts';
import { comparedCase, comparison } from './sample-comparison.ts';

/** Rows of cells, read as RFC 4180 says. */
function parsed(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/gy;
  for (let match = cell.exec(text); match !== null; match = cell.exec(text)) {
    const [, quoted, plain, end] = match;
    rows.at(-1)?.push(quoted === undefined ? (plain as string) : quoted.replaceAll('""', '"'));
    if (end === '\n') rows.push([]);
    if (cell.lastIndex === text.length) return rows.slice(0, -1);
  }
  throw new Error('this is no CSV');
}

const records = (text: string): readonly Readonly<Record<string, string>>[] => {
  const [head = [], ...rows] = parsed(text);
  return rows.map((row) => Object.fromEntries(head.map((name, index) => [name, row[index] as string])));
};

describe('comparisonCsv()', () => {
  it('has a row for every case and metric, with all digits', () => {
    const of = comparison();
    const rows = records(comparisonCsv(of));
    const wanted = of.cases.flatMap((one) => one.metrics.map((metric) => [one.id, metric.id]));
    expect(rows.map((row) => [row.case, row.metric])).toEqual(wanted);
    const stolen = rows.find((row) => row.case?.startsWith('reduce-sum') && row.metric === 'wallTime');
    const metric = of.cases[2]?.metrics[0];
    expect(Number(stolen?.ratio_low)).toBe(metric?.ratio.low);
    expect(Number(stolen?.contender)).toBe(15.375e6);
    expect(stolen).toMatchObject({
      axes: '{"n":67108864,"WORKGROUP_SIZE":256}',
      verdict: 'slower',
      judged_by: 'wallTime',
      p_holm: '0.0006',
      main_cause: 'steal',
      outputs: 'equal',
      doubts: 'steal',
      unit: 'ns',
      better: 'lower',
    });
  });

  it('begins with the names of its columns', () => {
    expect(comparisonCsv({ cases: [] })).toBe(
      'case,benchmark,axes,kind,category,baseline_runs,contender_runs,verdict,reason,judged_by,p,p_holm,' +
        'p_unknown_because,main_cause,explanation,outputs,doubts,metric,unit,better,baseline,baseline_low,' +
        'baseline_high,contender,contender_low,contender_high,ratio,ratio_low,ratio_high\n',
    );
  });

  it('leaves empty what is not known, and says why', () => {
    const lost = comparedCase({ metrics: [], judgedBy: null, p: unavailable('no run') });
    expect(records(comparisonCsv({ cases: [lost] }))).toMatchObject([
      { p: '', p_holm: '', p_unknown_because: 'no run', metric: '', ratio: '', judged_by: '' },
    ]);
  });

  it.each(HOSTILE)('can be read back, and holds no formula: %s', (_, hostile) => {
    const text = comparisonCsv(hostileComparison(hostile));
    const rows = parsed(text);
    expect(new Set(rows.map(({ length }) => length)).size).toBe(1);
    for (const cell of rows.slice(1).flat()) {
      expect(cell).not.toMatch(/^\s*[=+@]|^\s*-(?!\d)/);
      expect(cell).not.toMatch(/(?![\n\t])[\p{Cc}\p{Bidi_Control}]/u);
    }
  });
});

describe('csvCell()', () => {
  it.each([
    [-1.5, '-1.5'],
    [1e-7, '1e-7'],
    [null, ''],
    ['plain text', 'plain text'],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['-1', "'-1"],
    ['=1', "'=1"],
    [' +1', "' +1"],
    ['\t@x', '"\'\t@x"'],
    ['＝1', "'＝1"],
    ['a\r\nb', '"a\\u000d\nb"'],
  ])('writes %j as %j', (cell, expected) => {
    expect(csvCell(cell)).toBe(expected);
  });
});
