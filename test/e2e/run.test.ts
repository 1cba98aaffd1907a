// The main job, through the command line, on a real device.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseReport } from '../../src/report/parse-report.ts';
import type { Report } from '../../src/report/report.ts';
import { loadBenchmarks } from '../../src/suite/load.ts';
import { planCases } from '../../src/suite/plan.ts';
import { childOf, guestmark, type Started, start, temporaryFolder, until } from './guestmark.ts';

const hasLayer = !(process.env.GUESTMARK_MISSING_TEST_TOOLS ?? '').includes('validation-layer');
if (!hasLayer) console.warn('The quick suite is run without validation: the layer is not to be had here');

const SHORT = ['--device', 'llvmpipe', '--runs', '1', '--min-time', '1ms', '--max-time', '30ms'];
const SOME = ['copy', 'histogram-shared', 'copy-h2d', 'copy-d2h', 'empty-submit', 'submit-dispatch'];
const readReport = (path: string): Report => parseReport(readFileSync(path, 'utf8'), path);

describe('guestmark run', () => {
  // Each benchmark by itself, under both bindings: test/bench/verify.test.ts.
  it.each([
    ['the whole quick suite', 'auto', []],
    ['some of it', 'koffi', SOME],
    ['some of it', 'nvk', SOME],
  ] as const)(
    'measures and verifies %s under %s, without a validation message',
    async (_, binding, selectors) => {
      using folder = temporaryFolder();
      const out = join(folder.path, 'report.json');
      const validate = hasLayer ? ['--validate'] : [];
      const { code, stdout, stderr } = await guestmark([
        'run',
        ...selectors,
        '--suite',
        'quick',
        ...SHORT,
        ...validate,
        '--binding',
        binding,
        '--json',
        '--out',
        out,
      ]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const report = parseReport(stdout, 'standard output');
      expect(report).toEqual(readReport(out));
      expect(report).toMatchObject({ status: 'complete', validation: { enabled: hasLayer, messages: [] } });
      const planned = planCases(await loadBenchmarks(), { suite: 'quick', selectors, axes: {} });
      expect(report.results.map(({ id }) => id).sort()).toEqual(planned.map(({ id }) => id).sort());
      for (const { id, status, runs } of report.results) {
        const reasons = runs.flatMap(({ skipReason }) => skipReason ?? []);
        expect({ id, status }).toEqual({ id, status: reasons.length === 0 ? 'ok' : 'skipped' });
        if (status === 'skipped') expect(reasons.join()).toContain('the device lacks cooperativeMatrix');
        else
          expect(
            runs.every(({ verifiedBefore, verifiedAfter }) => verifiedBefore > 0 && verifiedAfter > 0),
          ).toBe(true);
      }
      expect(report.device).toMatchObject({ value: { software: true } });
    },
    120_000,
  );

  it('prints a table that labels every figure of a software device', async () => {
    using folder = temporaryFolder();
    const { code, stdout } = await guestmark([
      'run',
      'submit-dispatch',
      'empty-submit',
      ...SHORT,
      '--out',
      join(folder.path, 'r.json'),
    ]);
    expect(code).toBe(0);
    for (const name of ['submit-dispatch', 'empty-submit']) expect(stdout).toContain(`${name} (software)`);
    expect(stdout).toMatch(/tier [A-E]/);
    expect(stdout).not.toContain('\x1b[');
  });

  it('reports a wrong kernel as failed, without a time, and exits with 1', async () => {
    using folder = temporaryFolder();
    const out = join(folder.path, 'r.json');
    const { code, stdout } = await guestmark([
      'run',
      'wrong',
      'good',
      '--module',
      'test/fixtures/modules/broken.mjs',
      ...SHORT,
      '--out',
      out,
    ]);
    expect(code).toBe(1);
    expect(stdout).toContain('its output is wrong before timing');
    const results = Object.fromEntries(readReport(out).results.map((result) => [result.benchmark, result]));
    expect(results.wrong).toMatchObject({ status: 'failed', metrics: [], runs: [{ samples: null }] });
    expect(results.good).toMatchObject({ status: 'ok' });
  });

  it('skips what the device cannot do, with the reason, and exits with 1 when nothing is left', async () => {
    using folder = temporaryFolder();
    const out = join(folder.path, 'r.json');
    const tooLarge = 'sgemm-tiled[TILE=64]';
    const some = await guestmark(['run', tooLarge, 'submit-dispatch', ...SHORT, '--out', out]);
    expect(some.code).toBe(0);
    expect(some.stdout).toContain('maxComputeWorkGroupInvocations');
    const none = await guestmark(['run', tooLarge, ...SHORT, '--out', out]);
    expect(none.code).toBe(1);
  });

  it('ends at Ctrl-C with a valid report that says it is partial, and exits with 130', async () => {
    using folder = temporaryFolder();
    const out = join(folder.path, 'r.json');
    const { child, finished } = start([
      'run',
      'submit-dispatch',
      'empty-submit',
      'good',
      '--module',
      'test/fixtures/modules/broken.mjs',
      '--device',
      'llvmpipe',
      '--runs',
      '50',
      '--min-time',
      '100ms',
      '--out',
      out,
    ]);
    await until(() => {
      return existsSync(out) && readReport(out).results.some(({ status }) => status === 'ok');
    });
    expect(readReport(out).status).toBe('running');
    child.kill('SIGINT');
    const { code, stdout } = await finished;
    expect(code).toBe(130);
    const report = readReport(out);
    expect(report).toMatchObject({ status: 'partial', statusReason: expect.stringContaining('SIGINT') });
    expect(report.results.some(({ runs }) => runs.length > 0)).toBe(true);
    expect(stdout).toMatch(/interrupted/i);
  });

  it('loses nothing of the others when a child is killed', async () => {
    using folder = temporaryFolder();
    const { out, child, finished } = await startSlow(folder.path, ['good', 'empty-submit']);
    process.kill(childOf(child.pid) as number, 'SIGKILL');
    const { code } = await finished;
    const report = readReport(out);
    const statuses = Object.fromEntries(report.results.map(({ id, status }) => [id, status]));
    expect({ code, statuses }).toEqual({
      code: 1,
      statuses: { slow: 'failed', good: 'ok', 'empty-submit': 'ok' },
    });
    expect(
      report.results.flatMap(({ runs }) => runs).find(({ failure }) => failure !== null)?.failure?.message,
    ).toContain('SIGKILL');
  });

  it('leaves no process behind when it is killed itself, even one that does not listen', async () => {
    using folder = temporaryFolder();
    const { child, finished } = await startSlow(folder.path);
    const pid = childOf(child.pid) as number;
    child.kill('SIGKILL');
    await finished;
    await untilGone(pid);
  });

  it('leaves at once at a second Ctrl-C, with its child', async () => {
    using folder = temporaryFolder();
    const { child, finished } = await startSlow(folder.path);
    const pid = childOf(child.pid) as number;
    const heard = new Promise((resolve) => child.stderr?.once('data', resolve));
    child.kill('SIGINT');
    await heard;
    await new Promise((resolve) => setTimeout(resolve, 600));
    const secondMs = performance.now();
    child.kill('SIGINT');
    expect((await finished).code).toBe(130);
    // Without it the process would be given five seconds.
    expect(performance.now() - secondMs).toBeLessThan(4000);
    await untilGone(pid);
  });

  it('leaves no file behind but the report', async () => {
    using folder = temporaryFolder();
    const { finished } = start(['run', 'empty-submit', ...SHORT], {}, folder.path);
    expect((await finished).code).toBe(0);
    expect(readdirSync(folder.path)).toEqual([expect.stringMatching(/^guestmark-\d{8}T\d{6}\.json$/)]);
  });
});

/** Starts a run and waits until its child is inside a reference that never returns. */
async function startSlow(folder: string, others: readonly string[] = []): Promise<Started & { out: string }> {
  const [out, mark] = [join(folder, 'r.json'), join(folder, 'mark')];
  const module = ['--module', 'test/fixtures/modules/broken.mjs'];
  const started = start(['run', 'slow', ...others, ...module, ...SHORT, '--out', out], {
    GUESTMARK_TEST_MARK: mark,
  });
  await until(() => existsSync(mark));
  return { ...started, out };
}

/** Waits until a process has ended; a parent that is gone cannot collect it, so a zombie counts. */
async function untilGone(pid: number): Promise<void> {
  await until(() => {
    try {
      return /^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
    } catch {
      return true;
    }
  });
}
