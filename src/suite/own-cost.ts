// What this tool adds to a latency: the clocks around a sample, the calls between them, and what the binding takes to
// cross into native code. Measured in the process and beside the case that it is told with.
import { type Available, available, mapAvailable } from '../base/availability.ts';
import { quantileOfSorted, sortedCopy } from '../stats/quantile.ts';
import { emptyCallNs, medianCallNs } from '../timing/empty-call.ts';
import type { OwnCost } from './operation.ts';
import { operationSubmission } from './operation-submission.ts';
import { newRawSample } from './sample-store.ts';
import type { Session } from './session.ts';
import { takeSample } from './take-sample.ts';

/** Enough for a median to some per cent; they take about two milliseconds. */
const SAMPLES = 256;
const TAIL = 0.05;

/** Measures; `iterations` in a sample and native calls in an operation are those of the case. */
export function measureOwnCost(
  session: Session,
  { iterations, calls }: { readonly iterations: number; readonly calls: number },
): Available<OwnCost> {
  const empty = sortedCopy(emptySamplesNs(session, iterations));
  const at = (p: number): number => quantileOfSorted(empty, p) / iterations;
  return mapAvailable(callNsOf(session), (callNs) => ({
    emptyNs: at(0.5),
    emptyLowNs: at(TAIL),
    emptyHighNs: at(1 - TAIL),
    callNs,
    calls,
  }));
}

/** Two of them, so that V8 inlines neither: nor will it the operations that are to be compared with them. */
const EMPTY = [(): void => undefined, (): void => undefined] as const;
/** V8 learns nothing of a function that has hardly run. */
const LEARNT_REPETITIONS = 4096;

function emptySamplesNs(session: Session, iterations: number): readonly number[] {
  for (const run of EMPTY) operationSubmission({ run }, LEARNT_REPETITIONS, () => undefined).submit();
  const submission = operationSubmission({ run: EMPTY[0] }, iterations, () => undefined);
  const sample = newRawSample(session.clocks, false);
  const waiting = { mode: 'block', deadlineNs: Number.POSITIVE_INFINITY } as const;
  return Array.from({ length: SAMPLES }, () => {
    takeSample(session, submission, waiting, sample);
    return sample.waitEndNs - sample.submitStartNs;
  });
}

/** A call through the package that carries out the timed calls. */
function callNsOf({ device, clocks }: Session): Available<number> {
  const { vulkan } = device;
  if (!vulkan.available || vulkan.value.instance.binding.route('vkQueueSubmit') === 'koffi')
    return emptyCallNs();
  // nvk has no call that does nothing; asking for the queue again is a load from the driver's memory.
  const { commands, handle, family } = vulkan.value;
  const out = new ArrayBuffer(8);
  return available(
    medianCallNs(() => commands.vkGetDeviceQueue(handle, family.index, 0, out), clocks.stamp.nowNs),
  );
}
