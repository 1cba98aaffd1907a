// How much of a case's time a thread that it needs waited for a CPU of the guest. On a software device the workers are needed as much
// as the thread that measures, and they are the ones that wait. Pure.
import { ledgerShare, type SampledRun } from '../report/case-samples.ts';

/**
 * The larger share: of the measuring thread in its wall time, or of the device's workers in the time in which they ran or could
 * have run; null where no sample tells.
 */
export function waitedShare(runs: readonly SampledRun[]): number | null {
  const own = ledgerShare(runs, 'runQueueNs');
  const ofWorkers = workersShare(runs);
  return own === null || ofWorkers === null ? (own ?? ofWorkers) : Math.max(own, ofWorkers);
}

function workersShare(runs: readonly SampledRun[]): number | null {
  let [waitedNs, readyNs] = [0, 0];
  for (const { samples } of runs) {
    samples.workersRunQueueNs.forEach((waitNs, i) => {
      const cpuNs = samples.workersCpuNs[i] ?? null;
      if (waitNs === null || cpuNs === null) return;
      waitedNs += waitNs;
      readyNs += waitNs + cpuNs;
    });
  }
  return readyNs > 0 ? waitedNs / readyNs : null;
}
