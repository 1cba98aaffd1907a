// The examples of docs/exports.md, on a report that was just measured: as commands of this process, because starting one takes
// longer than most of them; one goes through a pipe, as bytes do.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addExport } from '../../src/commands/program-export.ts';
import type { ProgramContext } from '../../src/commands/shared-options.ts';
import { EXPORT_FORMATS } from '../../src/export/format-names.ts';
import { sampledRuns } from '../../src/report/case-samples.ts';
import type { Report } from '../../src/report/report.ts';
import { readTable } from '../export/read-csv.ts';
import { readPrometheus } from '../export/read-prometheus.ts';
import { expectSameTotals } from '../export/trace-totals.ts';
import { type CheckedEvent, type TraceFile, traceProblems } from '../export/validate-trace.ts';
import { guestmark } from './guestmark.ts';

const COMMANDS = [...readFileSync('docs/exports.md', 'utf8').matchAll(/^guestmark export .*$/gm)].map(
  ([line]) =>
    [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => (quoted ?? plain) as string).slice(1),
);

const RATES = ['bandwidth', 'arithmetic', 'itemRate'];

let folder = '';
let report: Report;
const at = (name: string): string => join(folder, name);
const textAt = (name: string): string => readFileSync(at(name), 'utf8');

/** Runs the words of a command line, in which files are those of the folder. */
async function exported(words: readonly string[]): Promise<string> {
  let printed = '';
  const terminal = { print: (text: string) => (printed += text), note: (text: string) => (printed += text) };
  const program = new Command();
  addExport(program, {
    terminal,
    finish: (code: number) => expect(code).toBe(0),
  } as unknown as ProgramContext);
  const placed = words.map((word) => (/^runs\/|\.\w+$/.test(word) ? at(word) : word));
  await program.parseAsync(placed, { from: 'user' });
  return printed;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guestmark-export-'));
  mkdirSync(at('runs'));
  const short = ['--axis', 'n=64Ki', '--runs', '2', '--max-time', '15ms', '--out', at('report.json')];
  const { code, stderr } = await guestmark(['run', 'copy', 'empty-submit', ...short]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  report = JSON.parse(textAt('report.json')) as Report;
  for (const name of ['a.json', 'b.json']) {
    copyFileSync(at('report.json'), at(`runs/${name}`));
  }
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('docs/exports.md', () => {
  it('has an example of every format', () => {
    expect(COMMANDS.map((words) => words[1]).sort()).toEqual(Object.keys(EXPORT_FORMATS).sort());
  });

  it('has examples that run', async () => {
    for (const words of COMMANDS) {
      const printed = await exported(words);
      expect(/^Export: .*$/.test(printed), words.join(' ')).toBe(words.includes('--out'));
      expect(printed).not.toBe('');
    }
  });
});

describe('guestmark export, of a report that was measured', () => {
  it('makes a trace that is valid and has the totals of the report', () => {
    expect(traceProblems(textAt('trace.json'))).toEqual([]);
    const { traceEvents } = JSON.parse(textAt('trace.json')) as TraceFile;
    expectSameTotals(report, traceEvents as unknown as CheckedEvent[]);
    expect(traceEvents.some(({ ph }) => ph === 'f')).toBe(true);
  });

  it('makes tables, metrics and lists that other programs can read', () => {
    const metrics = readTable(textAt('metrics.csv'));
    expect(metrics.length).toBe(2 * report.results.flatMap((result) => result.metrics).length);
    const { series, problems } = readPrometheus(textAt('guestmark.prom'));
    expect(problems).toEqual([]);
    const gpu = report.results[0]?.metrics.find(({ id }) => id === 'gpuTime');
    expect(series.find(({ name }) => name === 'guestmark_gpu_time_seconds')?.value).toBe(
      (gpu?.value ?? 0) / 1e9,
    );
    const ratesOf = report.results.flatMap((one) => one.metrics.filter(({ id }) => RATES.includes(id)));
    expect(JSON.parse(textAt('times.json')).length).toBeGreaterThan(2);
    expect(JSON.parse(textAt('rates.json')).map(({ value }: { value: number }) => value)).toEqual(
      ratesOf.map(({ value }) => value),
    );
    expect(
      JSON.parse(textAt('hyperfine.json')).results.map(({ times }: { times: number[] }) => times.length),
    ).toEqual([2, 2]);
  });

  it('writes Parquet through a pipe byte by byte', async () => {
    const args = [join(process.cwd(), 'dist/cli.js'), 'export', 'parquet', at('report.json')];
    const { status, stdout } = spawnSync(process.execPath, args, { maxBuffer: 2 ** 26 });
    expect(status).toBe(0);
    const rows = await parquetReadObjects({ file: new Uint8Array(stdout).buffer });
    const samples = report.results.flatMap(({ runs }) =>
      sampledRuns(runs).flatMap(({ samples: { wallNs } }) => wallNs),
    );
    expect(rows.map(({ wallNs }) => wallNs)).toEqual(samples);
  });
});
