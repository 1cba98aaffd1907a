import { describe, expect, it } from 'vitest';
import { sharedCpus } from '../../src/report/worker-share.ts';
import { caseRun, sampleColumns } from './sample-report.ts';

type Use = readonly [used: number, wanted: number] | null;

/** A run of samples of 1 ms in which the workers used and wanted so many CPUs. */
function run(number: number, uses: readonly Use[]) {
  const samples = sampleColumns(
    uses.map(() => 1e6),
    {
      workersCpuNs: uses.map((use) => (use === null ? null : use[0] * 1e6)),
      workersRunQueueNs: uses.map((use) => (use === null ? null : (use[1] - use[0]) * 1e6)),
    },
  );
  return { ...caseRun({ run: number, samples }), samples };
}
const ten = (used: number, wanted: number): (readonly [number, number])[] => Array(10).fill([used, wanted]);

describe('sharedCpus()', () => {
  it('has nothing to say where the workers had their CPUs, as lavapipe had them in recorded runs', () => {
    expect(
      sharedCpus([run(1, ten(1.98, 2.1)), run(2, ten(1.95, 2.02)), run(3, ten(1.98, 2.28))], false),
    ).toBe(null);
  });

  it('has nothing to say about a kernel that keeps one worker busy', () => {
    expect(sharedCpus([run(1, ten(1, 1.01)), run(2, ten(1, 1))], false)).toBe(null);
    // The other worker stood behind the busy one, and had nothing to do; another program took half of the CPU.
    expect(sharedCpus([run(1, ten(1, 2.2))], true)).toBe(null);
    expect(sharedCpus([run(1, ten(0.5, 2.2))], true)).toContain('100 %');
  });

  it('names the run in which two workers sat on one CPU', () => {
    expect(sharedCpus([run(1, ten(1.98, 2.1)), run(2, ten(1.98, 2.03)), run(3, ten(1, 2))], false)).toBe(
      "the device's workers waited for a CPU in 33 % of the samples; in run 3 they used 1.0 CPUs of the 2.0 that they could have used",
    );
  });

  it('finds both modes within one run too, and forgives a sample in ten', () => {
    const some = (count: number) => run(1, [...ten(1, 2).slice(0, count), ...ten(2, 2).slice(count)]);
    expect(sharedCpus([some(3)], false)).toContain('30 %');
    expect(sharedCpus([some(1)], false)).toBe(null);
  });

  it('says nothing where nobody knows: another device, or a kernel without schedstat', () => {
    expect(sharedCpus([run(1, Array(10).fill(null))], false)).toBe(null);
    expect(sharedCpus([], false)).toBe(null);
  });
});
