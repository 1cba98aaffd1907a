// Runs that were interrupted, by Ctrl-C and by SIGKILL, and continued: no result gets lost, comes twice or changes, and what does not
// fit is refused with the file as it was.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseReport } from '../../src/report/parse-report.ts';
import type { Report } from '../../src/report/report.ts';
import type { CaseRun } from '../../src/suite/case-run.ts';
import { guestmark, start, temporaryFolder, until } from '../e2e/guestmark.ts';

const CASES = ['copy[n=4Ki]', 'empty-submit'];
const RUN = ['run', ...CASES, '--device', 'llvmpipe', '--min-time', '1ms'];
const readReport = (path: string): Report => parseReport(readFileSync(path, 'utf8'), path);
const runsOf = ({ results }: Report): readonly CaseRun[] => results.flatMap(({ runs }) => runs);
const numbersOf = ({ results }: Report): readonly (readonly number[])[] =>
  results.map(({ runs }) => runs.map(({ run }) => run));

type Json = { [name: string]: unknown };

describe('guestmark run --resume', () => {
  it('loses nothing to SIGKILL at random times', async () => {
    const script = 'docs/measurements/reliability/kill-and-resume.mjs';
    const { stdout } = await promisify(execFile)(process.execPath, [script, '2', '3', '9']);
    expect(JSON.parse(stdout)).toMatchObject({ kills: 2, results: 9, lostResults: 0, problems: [] });
  });

  it('measures again what Ctrl-C cut off, and says so', async () => {
    using folder = temporaryFolder();
    const out = join(folder.path, 'r.json');
    const { child, finished } = start([...RUN, '--runs', '2', '--max-time', '3s', '--out', out, '--resume']);
    await until(() => existsSync(out));
    // The next case is sampled for as long.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    child.kill('SIGINT');
    const stopped = await finished;
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toContain(
      `there is no report ${out} yet: it is begun, with copy[n=4Ki] empty-submit`,
    );
    expect(stopped.stdout).toContain(`(partial); \`guestmark run --out ${out} --resume\` continues it`);
    const before = readReport(out);
    const isCut = ({ stopReason }: CaseRun): boolean => stopReason === 'interrupted';
    const cut = runsOf(before).filter(isCut);
    const { code, stdout, stderr } = await guestmark(['run', '--out', out, '--resume', '--json']);
    expect(code).toBe(0);
    const after = parseReport(stdout, 'standard output');
    expect(after).toEqual(readReport(out));
    const missing = 4 - runsOf(before).length + cut.length;
    expect(stderr).toContain(
      `resuming ${out}: ${missing} of 4 case runs are missing (guestmark run 'copy[n=4Ki]' empty-submit`,
    );
    expect(after).toMatchObject({ status: 'complete', startedAt: before.startedAt });
    expect(numbersOf(after)).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(runsOf(after).filter(isCut)).toEqual([]);
    for (const kept of runsOf(before).filter((one) => !isCut(one)))
      expect(runsOf(after).map((one) => JSON.stringify(one))).toContain(JSON.stringify(kept));
    const [record, ...others] = after.resumed;
    expect(others).toEqual([]);
    expect(record).toMatchObject({ foundStatus: 'partial', addedCaseRuns: missing });
    expect(record?.replaced.map(({ samples }) => samples)).toEqual(
      cut.map(({ samples }) => samples?.wallNs.length),
    );
    expect(after.warnings.map(({ id }) => id)).toContain('resumed');
  });

  it('lets one process at a time write a report, and the next one after a SIGKILL', async () => {
    using folder = temporaryFolder();
    const out = join(folder.path, 'r.json');
    const { child, finished } = start([...RUN, '--runs', '90', '--max-time', '50ms', '--out', out]);
    await until(() => existsSync(out));
    const second = await guestmark(['run', '--out', out, '--resume']);
    expect(second.code).toBe(4);
    expect(second.stderr).toContain('another guestmark is writing it');
    child.kill('SIGKILL');
    await finished;
    const after = start(['run', '--out', out, '--resume']);
    const found = runsOf(readReport(out)).length;
    await until(() => readReport(out).resumed.length > 0 || after.child.exitCode !== null);
    after.child.kill('SIGKILL');
    await after.finished;
    expect(readReport(out)).toMatchObject({
      status: 'running',
      resumed: [{ foundStatus: 'running', foundCaseRuns: found }],
    });
  });
});

describe('guestmark run --resume, of one report', () => {
  const folder = temporaryFolder();
  const whole = join(folder.path, 'whole.json');
  const out = join(folder.path, 'r.json');
  afterAll(() => folder[Symbol.dispose]());
  beforeAll(async () => {
    const { code } = await guestmark([...RUN, '--runs', '2', '--max-time', '5ms', '--out', whole]);
    expect(code).toBe(0);
  });

  /** The report as if it had been interrupted in its second run, and changed. */
  function interrupted(change: (report: Json) => void = () => undefined): string {
    const report = JSON.parse(readFileSync(whole, 'utf8')) as Json;
    for (const result of report.results as Json[]) result.runs = (result.runs as Json[]).slice(0, 1);
    Object.assign(report, { status: 'partial', statusReason: 'interrupted', finishedAt: null });
    change(report);
    return JSON.stringify(report);
  }

  it('shows a complete one', async () => {
    const text = readFileSync(whole, 'utf8');
    const { code, stdout, stderr } = await guestmark(['run', '--out', whole, '--resume', '--runs', '2']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: `guestmark: nothing is missing in ${whole}\n` });
    expect(stdout).toContain('empty-submit');
    expect(readFileSync(whole, 'utf8')).toBe(text);
  });

  it('keeps failures, and does not wait again for what hung', async () => {
    const failure = { kind: 'timeout', message: 'Cannot finish the case', hint: null };
    const hung = { status: 'failed', failure, stopReason: null, samples: null };
    const text = interrupted(({ results }) => {
      const [{ runs = [] } = {}] = results as { runs?: Json[] }[];
      Object.assign(runs[0] ?? {}, hung);
    });
    writeFileSync(out, text);
    expect((await guestmark(['run', '--out', out, '--resume'])).code).toBe(1);
    const [first, other] = readReport(out).results;
    expect(first?.runs).toMatchObject([
      { run: 1, status: 'failed', failure: { kind: 'timeout' } },
      { run: 2, status: 'skipped', skipReason: expect.stringContaining('not tried again') },
    ]);
    expect(other?.runs).toMatchObject([{ status: 'ok' }, { status: 'ok' }]);
  });

  const set =
    (part: string, changes: Json) =>
    (report: Json): void =>
      void Object.assign(report[part] as Json, changes);
  const ofDevice = (change: (device: Json) => void) => (report: Json) =>
    change((report.device as { value: Json }).value);

  it.each([
    ['another option', '--runs is 5 and was 2', ['--runs', '5']],
    ['another selector', 'it was begun with copy[n=4Ki] empty-submit and not with triad', ['triad']],
  ])('refuses %s and leaves the file as it is', async (_, message, more) => {
    await refused(interrupted(), 2, message, more);
  });

  it.each<[string, number, (report: Json) => void, string]>([
    ['another kernel', 3, set('system', { linuxRelease: '1.2.3' }), 'and was 1.2.3'],
    ['another machine', 3, set('system', { hostname: 'elsewhere' }), 'and was elsewhere'],
    ['another version', 3, set('tool', { version: '0.0.1' }), 'the version of guestmark is'],
    [
      'another driver',
      3,
      ofDevice((device) => Object.assign(device.driver as Json, { version: 7 })),
      'the driver is llvmpipe',
    ],
    [
      'another case',
      2,
      ({ results }) => Object.assign((results as Json[])[0] ?? {}, { id: 'copy[n=1]' }),
      'the case copy[n=1] is gone',
    ],
    [
      'a newer schema',
      2,
      (report) => Object.assign(report, { schemaVersion: '1.99' }),
      'its schemaVersion is 1.99',
    ],
    [
      'a report of another command',
      2,
      (report) => Object.assign(report, { schema: 'guestmark-time' }),
      'it is a file of guestmark-time and no guestmark report',
    ],
  ])('refuses %s and leaves the file as it is', async (_, expected, change, message) => {
    await refused(interrupted(change), expected, message);
  });

  it.each([
    ['that is cut off', '{"schema":"guestmark-report","results":[', 'it is cut off'],
    ['that is no report', '[1, 2, 3]', 'it is no guestmark report'],
    ['that is no JSON', 'hello', 'it is not JSON'],
    ['that is empty', '', 'it is empty'],
  ])('refuses a file %s', async (_, text, message) => {
    await refused(text, 2, message);
  });

  it('names the folder as the reason where a shader is not found', async () => {
    const gone = interrupted(({ command }) => {
      const { argv, selectors } = command as { argv: string[]; selectors: string[] };
      argv.push('./gone.comp');
      selectors.push('./gone.comp');
    });
    await refused(gone, 2, 'Cannot run ./gone.comp: there is no such file or folder; relative paths');
  });

  it('asks for the name of the report', async () => {
    const { code, stderr } = await guestmark(['run', '--resume']);
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--out does not name'),
    });
  });

  async function refused(
    text: string,
    expected: number,
    message: string,
    more: readonly string[] = [],
  ): Promise<void> {
    writeFileSync(out, text);
    const { code, stderr } = await guestmark(['run', '--out', out, '--resume', ...more]);
    expect(stderr).toContain(message);
    expect(code).toBe(expected);
    expect(readFileSync(out, 'utf8')).toBe(text);
  }
});
