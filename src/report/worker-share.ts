// Whether a software device had the CPUs that it could use. Its workers are threads like others: where the scheduler puts two
// of them on one CPU, and leaves them there, a case takes twice as long in one run as in another, and nothing else shows it.
import { quantile } from '../stats/quantile.ts';
import type { SampledRun } from './case-samples.ts';
import { formatPercent } from './percent.ts';

/**
 * Two workers on one CPU get half of the time in which they are ready to run; alone on their CPUs they got 0.87 to 1 of it in
 * recorded runs of lavapipe on two CPUs, with other programs beside them.
 */
const FULL_SHARE = 0.75;
/** Fewer samples do not move a median by much. */
const NOTABLE = 0.1;

/** Of one sample: CPUs used, and CPUs that could have been used. */
interface WorkerUse {
  readonly used: number;
  readonly wanted: number;
}

/**
 * In which samples the workers of a software device shared CPUs, in words; null where in few, or nobody knows.
 *
 * @param isOneChain Whether the kernel has work for one worker only: another one that waits behind it costs nothing.
 */
export function sharedCpus(runs: readonly SampledRun[], isOneChain: boolean): string | null {
  const uses = runs.map((run) => ({
    run: run.run,
    samples: workerUses(run, isOneChain ? 1 : Number.POSITIVE_INFINITY),
  }));
  const all = uses.flatMap(({ samples }) => samples);
  const share = all.filter(isShared).length / all.length;
  // Also false where there is no sample.
  if (!(share > NOTABLE)) return null;
  const worst = uses.reduce((one, other) =>
    sharedPart(other.samples) > sharedPart(one.samples) ? other : one,
  );
  const middle = (pick: (use: WorkerUse) => number): string =>
    quantile(worst.samples.map(pick), 0.5).toFixed(1);
  const cpus = `${middle(({ used }) => used)} CPUs of the ${middle(({ wanted }) => wanted)} that they could have used`;
  return `the device's workers waited for a CPU in ${formatPercent(share)} of the samples; in run ${worst.run} they used ${cpus}`;
}

function workerUses({ samples }: SampledRun, mostWanted: number): readonly WorkerUse[] {
  return samples.gpuNs.flatMap((gpuNs, index) => {
    const [cpuNs, waitNs] = [samples.workersCpuNs[index] ?? null, samples.workersRunQueueNs[index] ?? null];
    if (gpuNs === null || gpuNs <= 0 || cpuNs === null || waitNs === null || cpuNs <= 0) return [];
    return [{ used: cpuNs / gpuNs, wanted: Math.min((cpuNs + waitNs) / gpuNs, mostWanted) }];
  });
}

function isShared({ used, wanted }: WorkerUse): boolean {
  return used < FULL_SHARE * wanted;
}

function sharedPart(uses: readonly WorkerUse[]): number {
  return uses.length === 0 ? 0 : uses.filter(isShared).length / uses.length;
}
