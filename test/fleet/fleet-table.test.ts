import { describe, expect, it } from 'vitest';
import { type FleetStanding, standingSummary, standingTable } from '../../src/fleet/fleet-table.ts';
import type { TaskOutcome } from '../../src/fleet/task-outcome.ts';
import { planOf } from './plan-fixture.ts';

const outcome = (index: number, parts: Partial<TaskOutcome>): TaskOutcome => ({
  index,
  state: 'ok',
  node: `n${index}`,
  job: `7_${index}`,
  attempts: 1,
  exitCode: 0,
  hasReport: true,
  reason: null,
  ...parts,
});

function standingWith(tasks: readonly TaskOutcome[]): FleetStanding {
  const counts = { ok: 0, failed: 0, interrupted: 0, killed: 0, missing: 0, running: 0, waiting: 0 };
  for (const { state } of tasks) counts[state]++;
  return {
    schema: 'guestmark-fleet-standing',
    schemaVersion: '1.0',
    folder: '/shared/f 1',
    plan: planOf({ tasks: tasks.length }),
    counts,
    tasks,
    nodesWithout: [{ node: 'n9', state: 'down*', reason: null }],
  };
}

describe('standingTable()', () => {
  it('names what is not ok, and what can be done next', () => {
    const standing = standingWith([
      outcome(0, {}),
      outcome(1, { state: 'killed', exitCode: null, reason: 'Slurm says OUT_OF_MEMORY' }),
      outcome(2, { state: 'waiting', attempts: 0, reason: 'bad\u001b[2J fan' }),
    ]);
    expect(standingTable(standing, { width: 80, color: false })).toBe(
      `Fleet f1, 3 tasks: 1 ok, 1 killed, 1 waiting

task  node  job  state    why
   1  n1    7_1  killed   Slurm says OUT_OF_MEMORY
   2  n2    7_2  waiting  bad [2J fan

Without a task: n9 is down
Logs of tasks: /shared/f 1/logs; what a task says of itself: /shared/f 1/tasks
Next: guestmark merge '/shared/f 1'`,
    );
  });

  it('names no more nodes than one can read', () => {
    const down = (index: number) => ({ node: `n${index}`, state: 'down', reason: null });
    const standing = {
      ...standingWith([outcome(0, {})]),
      nodesWithout: Array.from({ length: 12 }, (_, i) => down(i)),
    };
    expect(standingTable(standing, { width: 80, color: false })).toContain('n9 is down; and 2 more\n');
  });

  it('says little where all is well', () => {
    const standing = { ...standingWith([outcome(0, {})]), nodesWithout: [] };
    expect(standingTable(standing, { width: 80, color: false })).toBe(
      "Fleet f1, 1 task: 1 ok\nNext: guestmark merge '/shared/f 1'",
    );
    expect(standingSummary(standing)).toBe('1 task: 1 ok');
  });
});
