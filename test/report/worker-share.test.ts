import { describe, expect, it } from 'vitest';
import { sharedCpus } from '../../src/report/worker-share.ts';
import { caseRun, sampleColumns } from './sample-report.ts';

/** A run of 10 samples of 1 ms in which the workers used and wanted so many CPUs. */
function run(number: number, uses: readonly (readonly [used: number, wanted: number] | null)[]) {
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
    expect(sharedCpus([run(1, ten(1.98, 2.1)), run(2, ten(1.95, 2.02)), run(3, ten(1.98, 2.28))])).toBe(null);
  });

  it('has nothing to say about a kernel that keeps one worker busy', () => {
    expect(sharedCpus([run(1, ten(1, 1.01)), run(2, ten(1, 1))])).toBe(null);
  });

  it('names the run in which two workers sat on one CPU', () => {
    expect(sharedCpus([run(1, ten(1.98, 2.1)), run(2, ten(1.98, 2.03)), run(3, ten(1, 2))])).toBe(
      "the device's workers waited for a CPU in 33 % of the samples; in run 3 they used 1.0 CPUs of the 2.0 that they could have used",
    );
  });

  it('finds both modes within one run too, and forgives a sample in ten', () => {
    const some = (count: number) => run(1, [...ten(1, 2).slice(0, count), ...ten(2, 2).slice(count)]);
    expect(sharedCpus([some(3)])).toContain('30 %');
    expect(sharedCpus([some(1)])).toBe(null);
  });

  it('says nothing where nobody knows: another device, or a kernel without schedstat', () => {
    expect(sharedCpus([run(1, Array(10).fill(null))])).toBe(null);
    expect(sharedCpus([])).toBe(null);
  });
});
