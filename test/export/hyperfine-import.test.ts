// What is exported in the shape of hyperfine is read as such, from files, and compared: the way of a script that keeps nothing
// else of a run.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type CompareRequest, compareCommand } from '../../src/commands/compare.ts';
import type { Terminal } from '../../src/commands/terminal.ts';
import { COMPARE_DEFAULTS, type Comparison } from '../../src/compare/comparison.ts';
import { hyperfine } from '../../src/export/hyperfine.ts';
import {
  around,
  caseResult,
  caseRun,
  sampleColumns,
  sampleReport,
  skippedCase,
} from '../report/sample-report.ts';
import { named, textOf } from './collect-text.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'guestmark-hyperfine-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

/** The path of an export of five runs, `factor` times as slow. */
async function exported(name: string, factor: number): Promise<string> {
  const runs = [1, 2, 3, 4, 5].map((run) =>
    caseRun({ run, samples: sampleColumns(around(4e6 * factor * (1 + run / 1000), 20)) }),
  );
  const path = join(FOLDER, name);
  const report = sampleReport({ results: [caseResult({ runs }), skippedCase()] });
  writeFileSync(path, await textOf(hyperfine(named(report))));
  return path;
}

async function compared(changes: Pick<CompareRequest, 'baseline' | 'contender'>): Promise<Comparison> {
  const lines: string[] = [];
  const terminal = {
    print: (text: string) => void lines.push(text),
    note: (text: string) => expect(text).toBeUndefined(),
    clearProgress: () => {},
    isInteractive: false,
  } as unknown as Terminal;
  const code = await compareCommand(
    {
      ...changes,
      options: COMPARE_DEFAULTS,
      selectors: [],
      labels: null,
      failOn: [],
      format: 'json',
      out: null,
    },
    terminal,
  );
  expect(code).toBe(0);
  return JSON.parse(lines.join('')) as Comparison;
}

describe('an export in the shape of hyperfine', () => {
  it('is read by guestmark compare, which finds what the reports say', async () => {
    const [baseline, contender] = [await exported('a.json', 1), await exported('b.json', 1.5)];
    const {
      cases,
      counts,
      baseline: side,
    } = await compared({ baseline: [baseline], contender: [contender] });
    expect(side.reports.map(({ producer }) => producer)).toEqual(['hyperfine']);
    expect(cases.map(({ id, runs }) => [id, runs])).toEqual([
      ['copy[n=16Mi,WORKGROUP_SIZE=256] on Example GPU 9000', { baseline: 5, contender: 5 }],
    ]);
    expect(cases[0]?.metrics.find(({ id }) => id === 'wallTime')?.ratio.value).toBeCloseTo(1.5, 1);
    expect(counts).toMatchObject({ slower: 1 });
  });
});
