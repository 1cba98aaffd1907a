import { describe, expect, it } from 'vitest';
import type { FleetTask } from '../../src/fleet/fleet-folder.ts';
import type { QueuedTask } from '../../src/fleet/slurm-queue.ts';
import { type FleetFacts, fleetExitCode, taskOutcomes } from '../../src/fleet/task-outcome.ts';
import { planOf, taskOf } from './plan-fixture.ts';

const queued = (parts: Partial<QueuedTask> = {}): QueuedTask => ({
  job: '7_0',
  index: 0,
  state: 'COMPLETED',
  reason: null,
  nodes: 'n1',
  ...parts,
});

const one = (task: Partial<FleetTask> | null, queue: QueuedTask[] | null, facts: Partial<FleetFacts> = {}) =>
  taskOutcomes({
    plan: planOf({ tasks: 1 }),
    tasks: task === null ? [] : [taskOf(task)],
    queue,
    unavailable: [],
    hasReport: () => true,
    ...facts,
  })[0];

const UNFINISHED = { finishedAt: null, exitCode: null };

describe('taskOutcomes()', () => {
  it('believes a task that says how it ended', () => {
    expect(one({}, [queued()])).toEqual({
      index: 0,
      state: 'ok',
      node: 'n1',
      job: '7_0',
      attempts: 1,
      exitCode: 0,
      hasReport: true,
      reason: null,
    });
    expect(one({ exitCode: 3 }, [queued({ state: 'FAILED' })])).toMatchObject({
      state: 'failed',
      reason: 'the machine lacks something, such as a Vulkan device',
    });
    expect(one({}, [queued()], { hasReport: () => false })).toMatchObject({ state: 'failed' });
  });

  it('tells what was killed from what was stopped, by what Slurm says', () => {
    const killed = queued({ state: 'OUT_OF_MEMORY', reason: 'OutOfMemory' });
    expect(one(UNFINISHED, [killed])).toMatchObject({
      state: 'killed',
      reason: 'Slurm says OUT_OF_MEMORY (OutOfMemory)',
    });
    expect(one(UNFINISHED, [])).toMatchObject({ state: 'killed' });
    expect(one({ exitCode: 130 }, [queued({ state: 'CANCELLED' })])).toMatchObject({
      state: 'interrupted',
      reason: 'a signal stopped it, and Slurm says CANCELLED',
    });
  });

  it('names a task that never started, with why its node takes none', () => {
    const waiting = queued({ state: 'PENDING', reason: 'ReqNodeNotAvail, UnavailableNodes:n2', nodes: null });
    const unavailable = [
      { node: 'n2', state: 'drained', reason: 'broken fan' },
      { node: 'n3', state: 'down*', reason: null },
    ];
    const plan = planOf({ tasks: 1, nodes: ['n2'] });
    expect(one(null, [waiting], { plan, unavailable })).toMatchObject({
      state: 'waiting',
      node: 'n2',
      attempts: 0,
      reason: 'ReqNodeNotAvail, UnavailableNodes:n2 (n2 is drained: broken fan)',
    });
    expect(one(null, [queued({ state: 'CANCELLED', nodes: null })], { plan })).toMatchObject({
      state: 'missing',
      node: 'n2',
      reason: 'Slurm says CANCELLED',
    });
  });

  it('takes what an earlier attempt said for nothing while Slurm has it in the queue again', () => {
    const again = queued({ state: 'PENDING', reason: 'BeginTime', nodes: null });
    expect(one({ exitCode: 130 }, [again])).toMatchObject({ state: 'waiting', reason: 'BeginTime' });
    expect(one({ exitCode: 130 }, [queued({ state: 'RUNNING' })])).toMatchObject({ state: 'running' });
  });

  it('takes the job that is on its way where a task was submitted twice', () => {
    const old = queued({ state: 'FAILED' });
    const now = queued({ job: '9_0', state: 'RUNNING' });
    for (const queue of [
      [old, now],
      [now, old],
    ])
      expect(one(UNFINISHED, queue)).toMatchObject({ state: 'running', job: '9_0' });
  });

  it('knows of other engines only what the folder says', () => {
    expect(one(UNFINISHED, null)).toMatchObject({ state: 'running' });
    expect(one(null, null)).toMatchObject({ state: 'missing', reason: 'it has not started' });
  });
});

describe('fleetExitCode()', () => {
  const codeOf = (...tasks: (Partial<FleetTask> | null)[]): number =>
    fleetExitCode(
      tasks.flatMap((task) => {
        const outcome = one(task, []);
        return outcome === undefined ? [] : [outcome];
      }),
    );

  it('is 0 where every task is ok, and else that of the worst', () => {
    expect(codeOf({}, {})).toBe(0);
    expect(codeOf({}, null)).toBe(1);
    expect(codeOf({}, UNFINISHED)).toBe(1);
    expect(codeOf({}, { exitCode: 130 })).toBe(1);
    expect(codeOf({ exitCode: 137 }, {})).toBe(1);
    expect(codeOf({ exitCode: 1 }, { exitCode: 3 }, null)).toBe(3);
    expect(codeOf({ exitCode: 2 }, { exitCode: 3 })).toBe(3);
    expect(codeOf({ exitCode: 4 }, { exitCode: 70 })).toBe(70);
  });
});
