import { describe, expect, it } from 'vitest';
import type { FleetTask } from '../../src/fleet/fleet-folder.ts';
import type { KeptReport } from '../../src/merge/collect-reports.ts';
import { placeNodes } from '../../src/merge/place-nodes.ts';

const placed = (path: string, hostname: string | null, deviceKey: string, node?: string) => ({
  report: { path, hostname, deviceKey } as KeptReport,
  task: node === undefined ? null : ({ node } as FleetTask),
});

describe('placeNodes()', () => {
  const named = (...all: ReturnType<typeof placed>[]) =>
    placeNodes(all).map(({ name, reports }) => [name, reports.map(({ path }) => path)]);

  it('pools the reports of a device of a machine', () => {
    expect(named(placed('a', 'n1', 'gpu'), placed('b', 'n2', 'gpu'), placed('c', 'n1', 'gpu'))).toEqual([
      ['n1', ['a', 'c']],
      ['n2', ['b']],
    ]);
  });

  it('tells several devices of a machine apart, and names them only there', () => {
    expect(
      named(placed('a', 'n1', '0000:81:00.0'), placed('b', 'n1', '0000:82:00.0'), placed('c', 'n2', 'x')),
    ).toEqual([
      ['n1 GPU 0000:81:00.0', ['a']],
      ['n1 GPU 0000:82:00.0', ['b']],
      ['n2', ['c']],
    ]);
  });

  it('takes the name that the engine gave a machine, and the file where there is none', () => {
    expect(named(placed('a', 'container', 'gpu', 'n7'), placed('reports/b.json', null, 'gpu'))).toEqual([
      ['n7', ['a']],
      ['b.json', ['reports/b.json']],
    ]);
  });
});
