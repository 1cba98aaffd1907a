// The command without its process: files on disk in, what is printed and the exit code out.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CompareRequest, compareCommand, exitCodeOf } from '../../src/commands/compare.ts';
import type { Terminal } from '../../src/commands/terminal.ts';
import { COMPARE_DEFAULTS, type Comparison } from '../../src/compare/comparison.ts';
import { parseSelector } from '../../src/suite/selector.ts';
import { comparedCase, comparison } from '../compare/sample-comparison.ts';
import { around, caseResult, caseRun, sampleColumns, sampleReport } from '../report/sample-report.ts';

const folder = mkdtempSync(join(tmpdir(), 'guestmark-compare-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A report of six runs around a device time. */
function report(gpuNs: number): unknown {
  const runs = Array.from({ length: 6 }, (_, i) =>
    caseRun({ run: i + 1, samples: sampleColumns(around(gpuNs * (1 + 0.0002 * i), 20)) }),
  );
  const fma = caseResult({ id: 'fma[n=1Ki]', benchmark: 'fma', axes: { n: 1024 }, runs: runs.slice(1) });
  return sampleReport({ results: [caseResult({ runs }), fma] });
}

const at = (name: string): string => join(folder, name);

beforeAll(() => {
  for (const [name, gpuNs] of [
    ['bare', 4e6],
    ['guest', 4.2e6],
  ] as const) {
    mkdirSync(at(name));
    writeFileSync(at(`${name}/1.json`), JSON.stringify(report(gpuNs)));
  }
  mkdirSync(at('broken'));
  writeFileSync(at('broken/1.json'), JSON.stringify(report(4e6)));
  writeFileSync(at('broken/cut.json'), JSON.stringify(report(4e6)).slice(0, 2000));
  writeFileSync(at('broken/foreign.json'), '{"results":[{"command":7}]}');
  writeFileSync(at('broken/newer.json'), JSON.stringify({ ...sampleReport(), schemaVersion: '9.0' }));
  mkdirSync(at('empty'));
});

interface Told {
  readonly code: number;
  readonly text: string;
  readonly notes: readonly string[];
  readonly statuses: readonly string[];
}

async function told(changes: Partial<CompareRequest>, isInteractive = false): Promise<Told> {
  const [lines, notes, statuses]: [string[], string[], string[]] = [[], [], []];
  const terminal: Terminal = {
    width: 120,
    color: false,
    errorWidth: 120,
    errorColor: false,
    isInteractive,
    print: (text) => void lines.push(text),
    note: (text) => void notes.push(text),
    drawProgress: () => {},
    drawStatus: (text) => void statuses.push(text),
    clearProgress: () => {},
  };
  const request: CompareRequest = {
    baseline: [at('bare')],
    contender: [at('guest')],
    options: { ...COMPARE_DEFAULTS, resamples: 200 },
    selectors: [],
    labels: null,
    failOn: [],
    format: null,
    out: null,
    ...changes,
  };
  const code = await compareCommand(request, terminal);
  return { code, text: lines.join('\n'), notes, statuses };
}

describe('compareCommand()', () => {
  it('finds a device that is 5 % slower, and exits with 0 all the same', async () => {
    const { code, text, notes } = await told({ labels: ['bare metal', 'guest'] });
    expect({ code, notes }).toEqual({ code: 0, notes: [] });
    expect(text).toContain('baseline   bare metal: 1 report, 6 runs');
    expect(text).toMatch(/^copy\[.*\n.* {2}slower {2}/m);
    expect(text).toMatch(/2 slower, 0 faster, 0 same, 0 unclear of 2 cases; .* \+5\.0.*\n$/);
  });

  it.each([
    ['slower', 1],
    ['unclear', 0],
  ] as const)('--fail-on %s then exits with %i', async (reason, expected) => {
    const { code, notes } = await told({ failOn: [reason] });
    expect(code).toBe(expected);
    expect(notes).toEqual(expected === 0 ? [] : ['guestmark: Failed by --fail-on: 2 cases are slower']);
  });

  it('writes JSON that says the same each time', async () => {
    const [first, second] = [await told({ format: 'json' }), await told({ format: 'json' })];
    expect(first.text).toBe(second.text);
    const parsed = JSON.parse(first.text) as Comparison;
    expect(parsed.counts).toEqual({ slower: 2, faster: 0, same: 0, unclear: 0 });
    expect(parsed.baseline.label).toBe(at('bare'));
  });

  it.each([
    ['c.md', /^\*\*2 slower/],
    ['c.csv', /^case,benchmark,/],
    ['c.json', /^\{\n {2}"schema": "guestmark-comparison"/],
    ['c.txt', /^baseline {3}/],
  ])('writes %s in the format of its name, and prints the summary', async (name, begins) => {
    const { text } = await told({ out: at(name) });
    expect(readFileSync(at(name), 'utf8')).toMatch(begins);
    expect(text).toMatch(/^2 slower, .*\nComparison: .*$/);
    expect(text).toContain(at(name));
  });

  it('takes --format before the name of the file', async () => {
    await told({ out: at('table.csv'), format: 'table' });
    expect(readFileSync(at('table.csv'), 'utf8')).toMatch(/^baseline {3}/);
  });

  it('says before it reads anything that it could not write', async () => {
    await expect(told({ out: at('nowhere/c.md'), baseline: [at('none')] })).rejects.toThrow(
      /^Cannot write comparison ".*": the folder does not exist$/,
    );
  });

  it.each([
    ['fma', ['fma[n=1Ki]']],
    ['*[n=1Ki]', ['fma[n=1Ki]']],
    ['*[n=*]', ['copy[n=16Mi,WORKGROUP_SIZE=256]', 'fma[n=1Ki]']],
    ['copy[WORKGROUP_SIZE=256]', ['copy[n=16Mi,WORKGROUP_SIZE=256]']],
  ])('--case %s compares %j only', async (selector, ids) => {
    const { text } = await told({ format: 'json', selectors: [parseSelector(selector)] });
    expect((JSON.parse(text) as Comparison).cases.map(({ id }) => id)).toEqual(ids);
  });

  it('refuses a selector that nothing matches', async () => {
    await expect(told({ selectors: [parseSelector('copy[rows=1]')] })).rejects.toThrow(
      'Cannot compare: no report has a case that matches copy[rows=1]',
    );
  });

  it('tells of files that cannot be used, and compares the rest', async () => {
    const { code, notes, text } = await told({ contender: [at('broken')] });
    expect(code).toBe(0);
    expect(notes).toHaveLength(3);
    for (const note of notes) expect(note).toMatch(/^guestmark: Cannot read .*(cut|foreign|newer)\.json/);
    expect(text).toContain('0 slower, 0 faster, 2 same, 0 unclear of 2 cases');
    expect(text.match(/^refused/gm)).toHaveLength(3);
  });

  it.each([
    [{ contender: [] }, 'Cannot compare with nothing: --with names the contender'],
    [{ baseline: [] }, 'Cannot compare without a baseline: it stands before --with'],
    [{ contender: [at('empty')] }, 'Cannot compare: no report of the contender could be read'],
    [{ baseline: [at('none.json')] }, 'Cannot compare: no report of the baseline could be read'],
    [{ baseline: [at('broken/cut.json')] }, 'Cannot compare: no report of the baseline could be read'],
  ])('ends with a usage error where a side is empty: %j', async (changes, message) => {
    await expect(told(changes)).rejects.toMatchObject({ code: 'usage', message });
  });

  it('shows what it reads where somebody looks', async () => {
    const { statuses } = await told({}, true);
    expect(statuses).toEqual([
      `reading 1/2: ${at('bare/1.json')}`,
      `reading 2/2: ${at('guest/1.json')}`,
      'comparing 2 cases',
    ]);
  });
});

describe('exitCodeOf()', () => {
  const silent = { note: (): void => {} };
  const quiet = comparison({
    cases: [comparedCase()],
    doubts: [],
    fidelity: { ...comparison().fidelity, verdict: 'equal', different: [] },
  });

  it.each([
    [quiet, ['slower', 'unclear', 'flags'], 0],
    [comparison(), [], 0],
    [comparison(), ['slower'], 1],
    [comparison(), ['unclear'], 1],
    [{ ...quiet, doubts: comparison().doubts }, ['slower', 'unclear'], 0],
    [{ ...quiet, doubts: comparison().doubts }, ['flags'], 1],
    [{ ...quiet, fidelity: comparison().fidelity }, ['flags'], 1],
    [comparison({ ...quiet, cases: [comparedCase({ doubts: comparison().doubts })] }), ['flags'], 1],
    [comparison({ ...quiet, cases: [comparedCase({ verdict: 'faster' })] }), ['slower', 'unclear'], 0],
    [comparison({ ...quiet, cases: [] }), [], 0],
    [comparison({ ...quiet, cases: [] }), ['slower'], 1],
  ] as const)('of case %# is as documented', (of, failOn, code) => {
    expect(exitCodeOf(of, failOn, silent)).toBe(code);
  });
});
