import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planPath, taskPath } from '../../src/fleet/fleet-folder.ts';
import { readPlan, readTasks } from '../../src/fleet/read-fleet.ts';
import { temporaryFolder } from '../e2e/guestmark.ts';
import { planOf, taskOf } from './plan-fixture.ts';

describe('readPlan()', () => {
  it('reads what was written, and refuses what is no plan', () => {
    using folder = temporaryFolder();
    expect(() => readPlan(folder.path)).toThrow('it holds no plan');
    writeFileSync(planPath(folder.path), JSON.stringify(planOf()));
    expect(readPlan(folder.path)).toEqual(planOf());
    writeFileSync(planPath(folder.path), JSON.stringify({ ...planOf(), tasks: 0 }));
    expect(() => readPlan(folder.path)).toThrow(/Cannot read fleet's plan ".*fleet.json": tasks: /);
    writeFileSync(planPath(folder.path), '{');
    expect(() => readPlan(folder.path)).toThrow('it is no JSON');
  });
});

describe('readTasks()', () => {
  it('reads tasks in the order of their indices, and names what it cannot read', () => {
    using folder = temporaryFolder();
    expect(readTasks(folder.path)).toEqual({ tasks: [], refused: [] });
    mkdirSync(join(folder.path, 'tasks'));
    for (const index of [2, 0])
      writeFileSync(taskPath(folder.path, index), JSON.stringify(taskOf({ index })));
    writeFileSync(taskPath(folder.path, 1), '{"schema":');
    writeFileSync(join(folder.path, 'tasks/.guestmark-1-00000000.tmp'), '');
    const { tasks, refused } = readTasks(folder.path);
    expect(tasks.map(({ index }) => index)).toEqual([0, 2]);
    expect(refused).toMatchObject([{ path: taskPath(folder.path, 1) }]);
  });
});
