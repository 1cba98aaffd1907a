import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findSources } from '../../src/merge/fleet-sources.ts';

const root = mkdtempSync(join(tmpdir(), 'guestmark-test-'));
afterAll(() => rmSync(root, { recursive: true }));

const TOOL = { name: 'guestmark', version: '0.1.0', node: 'v20.19.0' };
const PLAN = {
  ...{ schema: 'guestmark-fleet-plan', schemaVersion: '1.0', tool: TOOL, engine: 'manual', name: 'two' },
  ...{ createdAt: '2026-01-02T03:04:05Z', tasks: 2, unit: 'node', nodes: [], runArguments: [] },
};

function fleetFolder(name: string, files: Readonly<Record<string, unknown>>): string {
  const folder = join(root, name);
  for (const part of ['reports', 'tasks']) mkdirSync(join(folder, part), { recursive: true });
  for (const [path, value] of Object.entries(files)) writeFileSync(join(folder, path), JSON.stringify(value));
  return folder;
}

describe('findSources()', () => {
  it('reads a fleet by its plan: which task a report is of, and what is of none', async () => {
    const folder = fleetFolder('one', {
      'fleet.json': PLAN,
      'reports/task-00001.json': {},
      'reports/task-00007.json': {},
      'reports/extra.json': {},
      'tasks/task-00000.json': { schema: 'guestmark-fleet-task' },
    });
    const { plan, tasks, files, refused } = await findSources([folder]);
    expect(plan?.name).toBe('two');
    expect(tasks.size).toBe(0);
    expect(refused.map(({ message }) => message)).toEqual([expect.stringMatching(/task-00000\.json/)]);
    expect(files.map(({ path, task }) => [path.slice(folder.length + 1), task])).toEqual([
      ['reports/extra.json', null],
      ['reports/task-00001.json', 1],
      ['reports/task-00007.json', null],
    ]);
  });

  it('takes files and folders without a plan as they are', async () => {
    const folder = fleetFolder('plain', { 'reports/a.json': {} });
    const { plan, files, refused } = await findSources([folder, join(root, 'nowhere')]);
    expect([plan, files]).toEqual([null, [{ path: join(folder, 'reports/a.json'), task: null }]]);
    expect(refused).toHaveLength(1);
  });

  it('refuses two plans, and one that is none', async () => {
    const [a, b] = ['a', 'b'].map((name) => fleetFolder(name, { 'fleet.json': PLAN }));
    await expect(findSources([a as string, b as string])).rejects.toThrow(
      'Cannot merge 2 fleets: each has a plan',
    );
    const broken = fleetFolder('broken', { 'fleet.json': { ...PLAN, tasks: -1 } });
    await expect(findSources([broken])).rejects.toThrow(/Cannot read fleet's plan .*: tasks: /);
  });
});
