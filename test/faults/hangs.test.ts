// Drivers that do not come back, and drivers that take the process with them: each costs the case that it struck, for no longer
// than its limit, and nothing else.

import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { RunRequest } from '../../src/isolation/protocol.ts';
import { runCases } from '../../src/isolation/run-cases.ts';
import { parseReport } from '../../src/report/parse-report.ts';
import type { CaseRun } from '../../src/suite/case-run.ts';
import { guestmark, start, temporaryFolder, until } from '../e2e/guestmark.ts';
import { isolatedRequest } from '../fixtures/isolated-request.ts';
import { buildFaultLayer, hasCompiler } from './layer/fault-layer.mjs';

const built = hasCompiler() ? buildFaultLayer() : null;
afterAll(() => built?.[Symbol.dispose]());
const strike = (plan: string) => (built as NonNullable<typeof built>).strike(plan);

const LIMIT_NS = 3e9;
/** The limit of a case, the grace of a process, and what a busy machine takes besides. */
const SOON_MS = 45_000;
/** Submissions with which a process measures what they cost, before its first case: 11 rounds of 20. */
const OPENING = 220;

const AXES = { n: 4096, width: 4, UNROLL: 4, contiguous: 0, WORKGROUP_SIZE: 256, cold: 0 };

function request(parts: Partial<RunRequest['options']> = {}): RunRequest {
  const plain = isolatedRequest([], { maxTimeNs: 5e6, timeoutNs: LIMIT_NS, ...parts });
  const one = (id: string): RunRequest['cases'][number] => ({
    id,
    benchmark: 'copy',
    axes: AXES,
    expected: null,
  });
  return {
    ...plain,
    device: { ...plain.device, device: null, counters: 'none' },
    cases: [one('first'), one('second')],
    modules: [],
  };
}

const OPENS_NOT: readonly string[] = ['vkCreateInstance@1=hang', 'vkCreateDevice@1=hang'];

/** Runs two cases, tells how each ended, and that no process is left. */
async function run(plan: string, parts: Partial<RunRequest['options']> = {}) {
  const { environment } = strike(plan);
  const ends: string[] = [];
  const pids: number[] = [];
  const troubles: string[] = [];
  const runs = new Map<string, CaseRun>();
  const startMs = performance.now();
  const nothing = (): void => undefined;
  const going = runCases(
    request(parts),
    {
      onSession: nothing,
      onCaseStart: nothing,
      onProgress: nothing,
      onValidation: nothing,
      onTrouble: (message) => troubles.push(message),
      onCaseRun: (id, caseRun) => runs.set(id, caseRun),
      onProcess: ({ end }) => ends.push(end),
    },
    {
      environment,
      signal: new AbortController().signal,
      openLimitNs: OPENS_NOT.includes(plan) ? 2e9 : 60e9,
      onChild: ({ pid }) => pids.push(pid),
    },
  ).finally(() => {
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(performance.now() - startMs).toBeLessThan(SOON_MS);
  });
  await going;
  const kindOf = ({ status, failure }: CaseRun): string => failure?.kind ?? status;
  const kinds = Object.fromEntries([...runs].map(([id, one]) => [id, kindOf(one)]));
  return { kinds, runs, ends, troubles, processes: pids.length };
}

describe.skipIf(built === null).concurrent('a driver that does not come back', () => {
  it.each([
    ['a blocking wait for a fence', `vkWaitForFences@${OPENING + 3}=never`, 'block'],
    ['a fence that is polled', 'vkGetFenceStatus@1=never', 'spin'],
  ] as const)('from %s: the case ends at its limit, told by its own process', async (_, plan, wait) => {
    const { kinds, runs, processes } = await run(plan, { wait });
    expect(kinds).toEqual({ first: 'timeout', second: 'ok' });
    expect(runs.get('first')?.failure?.message).toContain('the device did not signal within');
    expect(processes).toBe(2);
  });

  it.each([`vkQueueSubmit@${OPENING + 3}=hang`, 'vkAllocateMemory@1=hang'])(
    'from %s: the case ends at its limit, told by the parent',
    async (plan) => {
      const { kinds, runs, ends } = await run(plan);
      expect(kinds).toEqual({ first: 'timeout', second: 'ok' });
      expect(runs.get('first')?.failure?.message).toMatch(/^Cannot finish the case: .* within 8 s/);
      expect(ends).toEqual(['stopped', 'done']);
    },
  );

  it.each(OPENS_NOT)('from %s: there is no run, and the error says so', async (plan) => {
    await expect(run(plan)).rejects.toMatchObject({
      code: 'timeout',
      message: 'Cannot open the device: its driver did not answer within 2 s',
    });
  });

  it.each(['vkDestroyDevice@1=hang'])(
    'from %s: nothing is lost, and nobody waits for the limit of a case',
    async (plan) => {
      const { kinds, troubles } = await run(plan, { timeoutNs: 600e9 });
      expect(kinds).toEqual({ first: 'ok', second: 'ok' });
      expect(troubles).toEqual(['a process did not end after its last case']);
    },
  );

  it('is left by Ctrl-C within the grace, and what was measured stays', async () => {
    using folder = temporaryFolder();
    const out = `${folder.path}/report.json`;
    const hang = strike(`vkQueueSubmit@${OPENING + 3}=hang`);
    const args = [
      'run',
      'copy[n=4Ki]',
      '--runs',
      '1',
      '--min-time',
      '1ms',
      '--max-time',
      '5ms',
      '--out',
      out,
    ];
    const { child, finished } = start(args, hang.environment);
    await until(() => hang.counts().faults > 0);
    const startMs = performance.now();
    child.kill('SIGINT');
    const { code, stderr } = await finished;
    expect(performance.now() - startMs).toBeLessThan(15_000);
    expect(code).toBe(130);
    const report = parseReport(readFileSync(out, 'utf8'), out);
    expect(report).toMatchObject({ status: 'partial', results: [{ status: 'pending' }] });
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe.skipIf(built === null).concurrent('a driver that takes the process with it', () => {
  it.each([
    [`vkQueueSubmit@${OPENING + 3}=crash`, 'was ended by SIGSEGV'],
    ['vkCmdDispatch@2=crash', 'was ended by SIGSEGV'],
    [`vkQueueSubmit@${OPENING + 3}=exit`, 'exited with code 3'],
  ])('at %s: the case fails, the other is measured in another process', async (plan, words) => {
    const { kinds, runs, processes } = await run(plan, { timeoutNs: 60e9 });
    expect(kinds).toEqual({ first: 'crash', second: 'ok' });
    expect(runs.get('first')?.failure?.message).toContain(words);
    expect(processes).toBe(2);
  });

  it.each(['vkCreateDevice@1=crash', 'load@1=crash'])(
    'at %s: there is no run, and the error says so',
    async (plan) => {
      await expect(run(plan)).rejects.toMatchObject({
        code: 'crash',
        message: expect.stringMatching(
          /^Cannot open the device: its process (was ended by SIGSEGV|exited with code 3)/,
        ),
      });
    },
  );

  it.each([
    ['devices', 'load@1=crash'],
    ['devices', 'vkCreateInstance@1=exit'],
    ['devices', 'vkEnumeratePhysicalDevices@1=-3'],
    ['system', 'load@1=crash'],
  ])('is no defect of `%s` at %s', async (verb, plan) => {
    const struck = strike(plan);
    const { code, stderr, stdout } = await guestmark([verb], struck.environment);
    expect(`${stdout}${stderr}`).not.toMatch(/\n\s+at |undefined|\[object/);
    expect(struck.counts().faults).toBeGreaterThan(0);
    if (verb === 'devices') expect([code, stderr]).toEqual([1, expect.stringMatching(/^guestmark: Cannot /)]);
    // The other one only misses a part of what it tells.
    else expect([code, stdout]).toEqual([0, expect.stringMatching(/Vulkan devices +– Cannot /)]);
  });
});
