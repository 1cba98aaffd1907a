// Real processes on the real device, and real harm done to them.
import { describe, expect, it } from 'vitest';
import { GuestmarkError } from '../../src/base/errors.ts';
import type { RunRequest, SessionRecord } from '../../src/isolation/protocol.ts';
import { runCases } from '../../src/isolation/run-cases.ts';
import type { RunEnvironment, RunListener } from '../../src/isolation/run-process.ts';
import type { CaseRun, SampleColumns } from '../../src/suite/case-run.ts';
import { BROKEN, moduleUrl, isolatedRequest as request } from '../fixtures/isolated-request.ts';

interface Outcome {
  readonly results: Map<string, CaseRun>;
  readonly exits: { code: number | null; signal: string | null }[];
  readonly ends: string[];
  readonly troubles: string[];
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
  const [ends, troubles] = [[], []] as [string[], string[]];
  let sessions = 0;
  await runCases(
    wanted,
    {
      onSession: () => sessions++,
      onCaseStart: () => undefined,
      onProgress: () => undefined,
      onCaseRun: (id, caseRun) => results.set(id, caseRun),
      onTrouble: (message) => troubles.push(message),
      onValidation: () => undefined,
      onProcess: ({ exit, end }) => {
        exits.push(exit);
        ends.push(end);
      },
      ...listener,
    },
    { environment: {}, signal: new AbortController().signal, ...around },
    { first: earlier ?? null, isOpened: earlier !== undefined },
  );
  return { results, exits, ends, troubles, sessions };
}

const statuses = ({ results }: Outcome): Record<string, string> =>
  Object.fromEntries([...results].map(([id, { status, failure }]) => [id, failure?.kind ?? status]));

describe('runCases()', () => {
  it('measures every case in one process when nothing goes wrong', async () => {
    const outcome = await run(request(['good', 'empty-submit']));
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
    expect(outcome.results.get('endless')?.failure?.message).toMatch(
      /^Cannot finish the case within its limit of 1 s: the device did not signal within 0\.\d+ s$/,
    );
    expect(performance.now() - startMs).toBeLessThan(20_000);
  });

  it('ends a process that does not answer, and measures the rest', async () => {
    const outcome = await run(request(['slow', 'good'], { timeoutNs: 1e9 }));
    expect(statuses(outcome)).toEqual({ slow: 'timeout', good: 'ok' });
    // Its limit, the second for which it is sampled besides, and the grace.
    expect(outcome.results.get('slow')?.failure?.message).toContain('did not end it within 7 s');
  });

  it('gives a case that is about time itself that time beside its limit', async () => {
    const { results } = await run(request(['lasting'], { timeoutNs: 2.2e9 }));
    expect(results.get('lasting')).toMatchObject({ status: 'ok', failure: null, stopReason: 'lasted' });
    const { startNs } = (results.get('lasting') as CaseRun).samples as SampleColumns;
    expect((startNs.at(-1) as number) - (startNs[0] as number)).toBeGreaterThan(2.3e9);
  });

  it('loses nothing of the others when a process is killed', async () => {
    let pid = 0;
    const outcome = await run(
      request(['good', 'slow', 'empty-submit']),
      { onChild: (child) => (pid ||= child.pid) },
      // Only the first process is killed, in a case that cannot end before.
      { onCaseStart: (id) => void (id === 'slow' && process.kill(pid, 'SIGKILL')) },
    );
    expect(statuses(outcome)).toEqual({ good: 'ok', slow: 'crash', 'empty-submit': 'ok' });
    expect(outcome.results.get('slow')?.failure?.message).toContain('SIGKILL');
  });

  it('ends the case at hand when the user stops, and starts no other', async () => {
    const abort = new AbortController();
    const wanted = request(['copy', 'submit-dispatch'], {
      minTimeNs: 60e9,
      maxTimeNs: 60e9,
      timeoutNs: 90e9,
    });
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

  it('leaves the cases missing that the user stopped before the device was tried again', async () => {
    const abort = new AbortController();
    let session: SessionRecord | undefined;
    await run(request(['good']), {}, { onSession: (opened) => (session = opened) });
    const outcome = await run(
      request(['good', 'empty-submit']),
      {
        environment: { GUESTMARK_VULKAN_LIBRARY: '/nonexistent/libvulkan.so.1' },
        signal: abort.signal,
        reopenPausesMs: [60_000],
      },
      { onProcess: () => void setTimeout(() => abort.abort(), 50) },
      session,
    );
    expect(statuses(outcome)).toEqual({});
  });

  it.each([
    ['dies', 'crash', 'SIGSEGV', 60e9],
    ['hangs', 'timeout', 'did not answer within 3 s', 3e9],
  ])(
    'starts one process, and says so, when it %s before the device is open',
    async (module, code, words, openLimitNs) => {
      let starts = 0;
      const wanted = request(['good', 'empty-submit', 'submit-dispatch']);
      const failing = run(
        { ...wanted, modules: [moduleUrl(module)] },
        { openLimitNs, onChild: () => starts++ },
      );
      await expect(failing).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
      await expect(failing).rejects.toThrow(/^Cannot open the device: /);
      expect(starts).toBe(1);
    },
  );

  it('refuses to go on with another device than the first process had', async () => {
    let first: SessionRecord | undefined;
    await run(request(['good']), {}, { onSession: (session) => (first = session) });
    const other = { ...(first as SessionRecord), queueFamilyIndex: 7 };
    const outcome = await run(request(['good', 'empty-submit']), {}, {}, other);
    expect(statuses(outcome)).toEqual({ good: 'device', 'empty-submit': 'device' });
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

  it('measures nothing while the parent draws', async () => {
    const drawnMs = 400;
    let drawn = 0;
    const draw = (_: string, phase: string): void => {
      if (phase !== 'sampling' || drawn > 0) return;
      drawn++;
      const endMs = performance.now() + drawnMs;
      while (performance.now() < endMs);
    };
    const wanted = request(['copy'], { minTimeNs: 2e9, maxTimeNs: 2e9 });
    const { results } = await run({ ...wanted, progress: true }, {}, { onProgress: draw });
    const { startNs, wallNs } = (results.get('copy') as CaseRun).samples as SampleColumns;
    const pausesNs = startNs
      .slice(1)
      .map((start, i) => start - (startNs[i] as number) - (wallNs[i] as number));
    expect(drawn).toBe(1);
    expect(Math.max(...pausesNs)).toBeGreaterThanOrEqual(drawnMs * 1e6);
  });

  it('judges all processes of a report by the tier under which it began', async () => {
    const sessions: SessionRecord[] = [];
    const onSession = (session: SessionRecord): void => void sessions.push(session);
    await run(request(['good']), {}, { onSession });
    const [first] = sessions as [SessionRecord];
    const verdict = { ...first.verdict, tier: 'D' as const, title: 'not measurable' };
    await run(request(['good']), {}, { onSession }, { ...first, verdict });
    expect(sessions[1]).toMatchObject({ verdict, clocks: { tier: 'D', tierTitle: 'not measurable' } });
  });

  it('says so when a process dies after its last case', async () => {
    const outcome = await run(request(['good', 'dies-at-the-end']));
    expect(statuses(outcome)).toEqual({ good: 'ok', 'dies-at-the-end': 'ok' });
    expect(outcome.troubles).toEqual([
      expect.stringMatching(/^after its last case a process was ended by SIG/),
    ]);
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
