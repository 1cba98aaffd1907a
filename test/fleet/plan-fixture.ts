// A plan and a task as tests of fleets need them.
import type { FleetPlan, FleetTask } from '../../src/fleet/fleet-folder.ts';

/** A plan of four tasks; parts of it replaced. */
export function planOf(parts: Partial<FleetPlan> = {}): FleetPlan {
  return {
    schema: 'guestmark-fleet-plan',
    schemaVersion: '1.0',
    tool: { name: 'guestmark', version: '0.1.0', node: 'v20.19.0' },
    engine: 'slurm',
    name: 'f1',
    createdAt: '2026-11-27T12:00:00.000Z',
    tasks: 4,
    unit: 'node',
    nodes: [],
    runArguments: ['copy'],
    ...parts,
  };
}

/** What task 0 says when it is done; parts of it replaced. */
export function taskOf(parts: Partial<FleetTask> = {}): FleetTask {
  return {
    schema: 'guestmark-fleet-task',
    schemaVersion: '1.0',
    index: 0,
    attempt: 1,
    node: 'n1',
    hostname: 'n1.local',
    job: '7_0',
    gpus: null,
    startedAt: '2026-11-27T12:01:00.000Z',
    finishedAt: '2026-11-27T12:02:00.000Z',
    exitCode: 0,
    ...parts,
  };
}
