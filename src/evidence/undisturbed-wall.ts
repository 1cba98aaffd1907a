// The wall time of a run without steal and without what the guest's own scheduler withheld, as bounds by sample: what a
// machine of its own would have shown. Pure, from the raw columns.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { SampledRun } from '../report/case-samples.ts';
import { loweredSamplesNs } from '../timing/steal-budget.ts';
import type { BoundedTimes } from './evidence.ts';
import { NOTHING, threadDelays } from './run-queue-delay.ts';
import { type PieceId, stagesOf } from './sample-stages.ts';
import { stealCeilingNs } from './steal-delay.ts';
import { workersDelays } from './workers-delay.ts';

/**
 * Takes steal, run-queue wait and throttling off every sample, in ns per iteration. The high end takes off only what
 * certainly delayed the sample, the low end all that may have; steal as in the corrected wall, where the counters of the CPUs
 * bound it over all samples. No sample goes below the device's own time.
 *
 * @param isSoftwareDevice Its threads wait for CPUs too.
 */
export function undisturbedWall(
  run: SampledRun,
  isSoftwareDevice: boolean,
  pieceId: PieceId = 'call',
): Available<BoundedTimes> {
  const staged = stagesOf(run);
  if (!staged.clocks.runQueue) return unavailable('the run-queue wait of the samples is not known');
  if (!staged.clocks.steal) return unavailable('nothing is known of steal in the samples');
  const { samples, iterations } = run;
  const threadDelay = threadDelays(run, staged, pieceId);
  const workersDelay = workersDelays(run, staged);
  const [values, highs, floors] = [0, 1, 2].map(() => new Float64Array(staged.stages.length)) as Triple;
  let takenNs = 0;
  staged.stages.forEach((stage, i) => {
    const { index, wallNs } = stage;
    const thread = threadDelay(stage);
    const workers = isSoftwareDevice ? workersDelay(stage, thread).whole : NOTHING;
    const busyNs = isSoftwareDevice ? 0 : (stage.deviceNs ?? 0);
    const correctedNs = samples.correctedHighNs[index] as number;
    const mostNs = thread.highNs + workers.highNs;
    highs[i] = Math.max(busyNs, correctedNs - thread.lowNs - workers.lowNs);
    values[i] = Math.max(busyNs, correctedNs - mostNs);
    const floorNs = Math.max(busyNs, (samples.correctedFloorNs[index] as number) - mostNs);
    floors[i] = Math.min(values[i] as number, floorNs);
    takenNs += Math.max(0, wallNs - correctedNs);
  });
  const budgetNs = Math.max(0, stealCeilingNs(run) - takenNs);
  const lows = loweredSamplesNs({ valuesNs: values, floorsNs: floors, budgetNs });
  const perIteration = (ns: Float64Array): Float64Array => ns.map((value) => value / iterations);
  return available({ lowNs: perIteration(lows), highNs: perIteration(highs) });
}

type Triple = [Float64Array, Float64Array, Float64Array];
