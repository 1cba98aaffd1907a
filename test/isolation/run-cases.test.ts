// Real processes on the real device, and real harm done to them.
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { GuestmarkError } from '../../src/base/errors.ts';
import type { RunRequest, SessionRecord } from '../../src/isolation/protocol.ts';
import { runCases } from '../../src/isolation/run-cases.ts';
import type { RunEnvironment, RunListener } from '../../src/isolation/run-process.ts';
import type { CaseRun } from '../../src/suite/case-run.ts';

const moduleUrl = (name: string): string => pathToFileURL(`test/fixtures/modules/${name}.mjs`).href;
const BROKEN = moduleUrl('broken');

function request(names: readonly string[], parts: Partial<RunRequest['options']> = {}): RunRequest {
  return {
    device: { device: 'llvmpipe', queueFamily: null, binding: 'auto', validate: false },
    options: { run: 1, minTimeNs: 1e6, maxTimeNs: 20e6, timeoutNs: 30e9, seed: 1, wait: 'auto', ...parts },
    cases: names.map((name) => ({ id: name, benchmark: name, axes: name === 'wrong' ? { n: 65536 } : {} })),
    modules: [BROKEN],
    progress: false,
  };
}

interface Outcome {
  readonly results: Map<string, CaseRun>;
  readonly exits: { code: number | null; signal: string | null }[];
  readonly ends: string[];
  readonly sessions: number;
}

async function run(
  wanted: RunRequest,
  around: Partial<RunEnvironment> = {},
  listener: Partial<RunListener> = {},
  earlier?: SessionRecord,
): Promise<Outcome> {
  const results = new Map<string, CaseRun>();
  const exits: Outcome['exits'] = [];
  const ends: string[] = [];
  let sessions = 0;
  await runCases(
    wanted,
    {
      onSession: () => sessions++,
      onCaseStart: () => undefined,
      onProgress: () => undefined,
      onCaseRun: (id, caseRun) => results.set(id, caseRun),
      onValidation: () => undefined,
      onProcess: ({ exit, end }) => {
        exits.push(exit);
        ends.push(end);
      },
      ...listener,
    },
    { environment: {}, signal: new AbortController().signal, ...around },
    earlier,
  );
  return { results, exits, ends, sessions };
}

const statuses = ({ results }: Outcome): Record<string, string> =>
  Object.fromEntries([...results].map(([id, { status, failure }]) => [id, failure?.kind ?? status]));

describe('runCases()', () => {
  it('measures every case in one process when nothing goes wrong', async () => {
    const outcome = await run(request(['good', 'copy', 'empty-submit'].filter((name) => name !== 'copy')));
    expect(statuses(outcome)).toEqual({ good: 'ok', 'empty-submit': 'ok' });
    expect(outcome.exits).toHaveLength(1);
  });

  it('reports a wrong result as failed, without times, and goes on in the same process', async () => {
    const outcome = await run(request(['wrong', 'good']));
    expect(statuses(outcome)).toEqual({ wrong: 'verification', good: 'ok' });
    expect(outcome.results.get('wrong')?.samples).toBe(null);
    expect(outcome.exits).toHaveLength(1);
  });

  it('survives a segmentation fault, names it, and measures the rest in another process', async () => {
    const outcome = await run(request(['good', 'crashing', 'submit-dispatch']));
    expect(statuses(outcome)).toEqual({ good: 'ok', crashing: 'crash', 'submit-dispatch': 'ok' });
    expect(outcome.results.get('crashing')?.failure?.message).toContain('SIGSEGV');
    expect(outcome.ends).toEqual(['died', 'done']);
  });

  it('stops a kernel that never ends at its limit, and measures the rest', async () => {
    const startMs = performance.now();
    const outcome = await run(request(['endless', 'good'], { timeoutNs: 1e9 }));
    expect(statuses(outcome)).toEqual({ endless: 'timeout', good: 'ok' });
    expect(outcome.results.get('endless')?.failure?.message).toContain('did not signal within 1 s');
    expect(performance.now() - startMs).toBeLessThan(20_000);
  });

  it('ends a process that does not answer, and measures the rest', async () => {
    const outcome = await run(request(['slow', 'good'], { timeoutNs: 1e8 }));
    expect(statuses(outcome)).toEqual({ slow: 'timeout', good: 'ok' });
    expect(outcome.results.get('slow')?.failure?.message).toContain('did not end it within 5.1 s');
  });

  it('loses nothing of the others when a process is killed', async () => {
    let pid = 0;
    const outcome = await run(
      request(['good', 'submit-dispatch', 'empty-submit']),
      { onChild: (child) => (pid ||= child.pid) },
      { onCaseStart: (id) => void (id === 'submit-dispatch' && process.kill(pid, 'SIGKILL')) },
    ).catch((error: unknown) => error);
    // After the kill the pid is gone: the second process starts the case anew and must not be killed again.
    expect(outcome).not.toBeInstanceOf(Error);
    expect(statuses(outcome as Outcome)).toMatchObject({
      good: 'ok',
      'submit-dispatch': 'crash',
      'empty-submit': 'ok',
    });
    expect((outcome as Outcome).results.get('submit-dispatch')?.failure?.message).toContain('SIGKILL');
  });

  it('ends the case at hand when the user stops, and starts no other', async () => {
    const abort = new AbortController();
    const wanted = request(['good', 'submit-dispatch'], { minTimeNs: 60e9, maxTimeNs: 60e9 });
    const outcome = await run(
      { ...wanted, progress: true },
      { signal: abort.signal },
      {
        onProgress: (_, phase, samples) => void (phase === 'sampling' && samples > 0 && abort.abort()),
      },
    );
    expect([...outcome.results.values()].map(({ stopReason }) => stopReason)).toEqual(['interrupted']);
  });

  it('rejects with the reason when no device can be opened', async () => {
    const wanted = request(['good']);
    const failing = run({ ...wanted, device: { ...wanted.device, device: 'no such device' } });
    await expect(failing).rejects.toThrow(GuestmarkError);
    await expect(failing).rejects.toMatchObject({
      code: 'usage',
      hint: expect.stringContaining('llvmpipe'),
    });
  });

  it('rejects with the reason when there is no loader', async () => {
    const failing = run(request(['good']), {
      environment: { GUESTMARK_VULKAN_LIBRARY: '/nonexistent/libvulkan.so.1' },
    });
    await expect(failing).rejects.toMatchObject({ code: 'environment' });
  });

  it.each([
    ['dies', 'crash', 'SIGSEGV'],
    ['hangs', 'timeout', 'did not answer within 3 s'],
  ])('starts one process, and says so, when it %s before the device is open', async (module, code, words) => {
    let starts = 0;
    const wanted = request(['good', 'empty-submit', 'submit-dispatch']);
    const failing = run(
      { ...wanted, modules: [moduleUrl(module)] },
      { openLimitNs: 3e9, onChild: () => starts++ },
    );
    await expect(failing).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
    await expect(failing).rejects.toThrow(/^Cannot open the device: /);
    expect(starts).toBe(1);
  });

  it('refuses to go on with another device than the first process had', async () => {
    let first: SessionRecord | undefined;
    await run(request(['good']), {}, { onSession: (session) => (first = session) });
    const other = { ...(first as SessionRecord), queueFamilyIndex: 7 };
    const outcome = await run(request(['good', 'empty-submit']), {}, {}, other);
    expect(statuses(outcome)).toEqual({ good: 'error', 'empty-submit': 'error' });
    expect(outcome.results.get('good')?.failure?.message).toBe(
      'Cannot go on with the run: the queue family is 0 and was 7',
    );
    expect(outcome).toMatchObject({ sessions: 0, ends: ['stopped'] });
    const same = await run(request(['good']), {}, {}, first);
    expect(statuses(same)).toEqual({ good: 'ok' });
  });

  it('keeps the results of a process that cannot go on, each once', async () => {
    const told: string[] = [];
    const wanted = request(['good', 'no-such-benchmark', 'empty-submit']);
    await run(wanted, {}, { onCaseRun: (id, { status }) => told.push(`${id} ${status}`) });
    expect(told).toEqual(['good ok', 'no-such-benchmark failed', 'empty-submit failed']);
  });

  it('leaves it to the parent what a signal to the whole group means', async () => {
    let pid = 0;
    const outcome = await run(
      request(['good', 'empty-submit']),
      { onChild: (child) => (pid = child.pid) },
      {
        onCaseStart: () => {
          for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.kill(pid, name);
        },
      },
    );
    expect(statuses(outcome)).toEqual({ good: 'ok', 'empty-submit': 'ok' });
    expect(outcome.ends).toEqual(['done']);
  });

  it('rejects with what a listener throws, and ends the process', async () => {
    let pid = 0;
    const failing = run(
      request(['good', 'slow']),
      { onChild: (child) => (pid = child.pid) },
      {
        onCaseRun: () => {
          throw new RangeError('no room');
        },
      },
    );
    await expect(failing).rejects.toThrow('no room');
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('does not wait for a process that its process leaves behind', async () => {
    const startMs = performance.now();
    const wanted = request(['good']);
    const outcome = await run({ ...wanted, modules: [BROKEN, moduleUrl('leaves-a-process')] });
    expect(statuses(outcome)).toEqual({ good: 'ok' });
    expect(performance.now() - startMs).toBeLessThan(15_000);
  });
});
