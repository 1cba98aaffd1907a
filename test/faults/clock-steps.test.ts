// A date that is set back and forth by an hour while a run goes on: no time in the report is on that clock, and what is (when it
// began and ended) is doubted. The date of a real machine is everybody's, other tests' too, so the C library tells another one here.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseReport } from '../../src/report/parse-report.ts';
import { guestmark, start, temporaryFolder, until } from '../e2e/guestmark.ts';
import { hasCompiler, libraryFolder } from '../fixtures/compiled-library.ts';
import { TINY_RUN } from './tiny-run.ts';

const HOUR_S = 3600;
const canStep = process.platform === 'linux' && hasCompiler('clock-steps');

describe.skipIf(!canStep)('a date that is set while something is measured', { timeout: 180_000 }, () => {
  it('harms no time of a run, and is told', async () => {
    using library = libraryFolder('date-steps.c');
    using folder = temporaryFolder();
    const [out, date, marks] = ['r.json', 'date', 'marks'].map((name) => join(folder.path, name)) as [
      string,
      string,
      string,
    ];
    const set = (seconds: number): void =>
      writeFileSync(date, new BigInt64Array([BigInt(seconds)]), { flag: 'r+' });
    writeFileSync(date, new BigInt64Array(1));
    const environment = {
      LD_PRELOAD: library.build('date.so'),
      GUESTMARK_TEST_DATE: date,
      GUESTMARK_TEST_MARK: marks,
    };
    const [, , ...options] = TINY_RUN;
    const args = ['run', 'marked', ...options, '--runs', '2', '--timeout', '30s', '--out', out];
    const begunMs = performance.now();
    const { child, finished } = start(args, environment);
    let isOver = false;
    child.once('exit', () => {
      isOver = true;
    });
    await until(() => existsSync(marks));
    // Back and forth while the cases run.
    for (let i = 0; !isOver; i++) {
      set([HOUR_S, 0, -HOUR_S][i % 3] as number);
      if (readFileSync(marks, 'utf8').split('\n').length > 10) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    set(-HOUR_S);
    const { code, stderr } = await finished;
    const tookNs = (performance.now() - begunMs) * 1e6;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const report = parseReport(readFileSync(out, 'utf8'), out);
    expect(Date.parse(report.finishedAt as string)).toBeLessThan(Date.parse(report.startedAt));
    expect(report.warnings).toContainEqual(
      expect.objectContaining({
        id: 'date-set',
        message: expect.stringMatching(/^the date of this machine was set back by \S+ \S+ during the run$/),
      }),
    );
    for (const { wallNs } of report.processes) expect(wallNs).toBeLessThan(tookNs);
    const runs = report.results.flatMap((result) => result.runs);
    expect(runs).toHaveLength(12);
    for (const { status, samples, caseWallNs, samplingSteal } of runs) {
      expect(status).toBe('ok');
      for (const ns of [...(samples?.wallNs ?? [-1]), caseWallNs]) {
        expect(ns).toBeGreaterThan(0);
        expect(ns).toBeLessThan(tookNs);
      }
      if (samplingSteal.available) expect(samplingSteal.value.totalNs).toBeLessThan(tookNs);
    }
    // Ordered in a history by when it began, and not refused.
    const history = await guestmark(['history', folder.path, '--json']);
    expect(history.stderr).toBe('');
  });
});
