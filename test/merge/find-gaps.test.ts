import { describe, expect, it } from 'vitest';
import type { FleetPlan, FleetTask } from '../../src/fleet/fleet-folder.ts';
import type { KeptReport } from '../../src/merge/collect-reports.ts';
import { findGaps, type ReadSource } from '../../src/merge/find-gaps.ts';

const plan = (tasks: number, nodes: readonly string[] = []) => ({ tasks, nodes }) as FleetPlan;

const task = (index: number, changes: Partial<FleetTask> = {}): FleetTask =>
  ({
    index,
    node: `n${index}`,
    hostname: `h${index}`,
    startedAt: 'noon',
    finishedAt: 'one',
    exitCode: 0,
    ...changes,
  }) as FleetTask;

const source = (index: number | null, status: KeptReport['status'] | null): ReadSource => ({
  path: `${index}.json`,
  task: index,
  report: status === null ? null : ({ hostname: `h${index}`, status, statusReason: null } as KeptReport),
  refused: status === null ? { path: `${index}.json`, message: 'it is cut off' } : null,
});

const tasks = (...all: readonly FleetTask[]) => new Map(all.map((one) => [one.index, one]));

describe('findGaps()', () => {
  it('finds nothing where every task left a whole report', () => {
    expect(
      findGaps(plan(2), tasks(task(0), task(1)), [source(0, 'complete'), source(1, 'complete')]),
    ).toEqual([]);
  });

  it('names each task with what became of it', () => {
    const told = tasks(
      task(1, { finishedAt: null, exitCode: null }),
      task(2),
      task(3),
      task(4, { exitCode: 3 }),
      task(5, { exitCode: 130 }),
    );
    const gaps = findGaps(plan(6, ['a']), told, [source(3, null), source(5, 'partial')]);
    expect(gaps.map((gap) => [gap.task, gap.node, gap.reason])).toEqual([
      [0, 'a', 'was never started'],
      [1, 'n1', 'was killed, or still runs: it began at noon and does not say that it ended'],
      [2, 'n2', 'ended well, but its report is not there'],
      [3, 'n3', 'its report cannot be read: it is cut off'],
      [4, 'n4', 'ended with exit code 3 and left no report'],
      [5, 'n5', 'its report is partial; what it holds is merged'],
    ]);
  });

  it('tells of a killed task what is left of its report', () => {
    const told = tasks(task(0, { finishedAt: null, exitCode: null }));
    const [gap] = findGaps(plan(1), told, [source(0, 'running')]);
    expect(gap?.reason).toMatch(
      /^was killed.*; its report ends before the run did; what it holds is merged$/,
    );
  });

  it('names nodes on which no task ran, once', () => {
    const gaps = findGaps(plan(1, ['a', 'b']), tasks(task(0, { node: 'a' })), [source(0, 'complete')]);
    expect(gaps).toEqual([{ task: null, node: 'b', reason: 'no task ran on it' }]);
  });

  it('tells reports without a plan that are not whole', () => {
    expect(findGaps(null, new Map(), [source(null, 'partial'), source(null, 'complete')])).toEqual([
      { task: null, node: 'hnull', reason: 'its report is partial; what it holds is merged' },
    ]);
  });
});
