// The conditions a reader must know about, each under a stable word and with what to do. Says how a
// warning reads; when one is due is decided in case-warnings.ts and report-warnings.ts.
import type { ReportWarning } from './report.ts';

/** The stable words; scripts may match on them. */
export type WarningId =
  | 'software-device'
  | 'validation'
  | 'process'
  | 'resumed'
  | 'one-run'
  | 'few-runs'
  | 'few-samples'
  | 'not-converged'
  | 'interrupted'
  | 'unstable'
  | 'bimodal'
  | 'outliers'
  | 'timer-limited'
  | 'no-rate'
  | 'not-double'
  | 'steal'
  | 'steal-disagrees'
  | 'run-queue-wait'
  | 'throttled'
  | 'clock-disagrees'
  | 'stalls'
  | 'device-timestamps'
  | 'impossible-rate'
  | 'workers-share-a-cpu'
  | 'device-throttled'
  | 'device-clock-changed'
  | 'device-errors'
  | 'date-set'
  | 'suspended'
  | 'threshold-unclear'
  | 'threshold-unmeasured';

const ADVICE: Readonly<Record<WarningId, string | null>> = {
  'software-device':
    'choose another device with --device, if the machine has one; guestmark devices lists them',
  process: 'the results were verified; if it happens again, tell us what is in `processes` of the report',
  resumed:
    'the machine may have been quieter or busier by then: where runs differ, look at `resumed` and at `processStartedAt` of the runs',
  validation: 'run without --validate to measure',
  'one-run': 'use --runs 5 or more before comparing with another result',
  'few-runs': 'use --runs 5 or more before comparing with another result',
  'few-samples': 'raise --max-time, or choose smaller axis values',
  'not-converged': 'raise --max-time, or quieten the machine',
  interrupted: 'run it again to the end before comparing',
  unstable:
    'use more --runs, raise --min-time, and stop other work on this machine and, where you can, on its host',
  bimodal:
    'look at the runs one by one in the report: memory placement or clock states often differ between processes',
  outliers: 'look at the samples in the report: something else ran on this machine, its host or its GPU',
  'timer-limited': 'choose larger axis values, so that one submission takes longer',
  'no-rate': 'choose larger axis values, so that one submission takes longer',
  'not-double':
    'the driver left out work, the device answered too early, or the machine was too busy: run it again, and choose other axis values',
  steal: 'read the GPU time; wall times contain what the hypervisor took',
  'steal-disagrees': 'take the stolen share as unknown and tell us about the kernel in use',
  'clock-disagrees':
    'take the times of this case as wrong: the machine was paused or its clock is slewed; run it again',
  stalls:
    'look at `stalls` of the runs in the report: a paused machine, its firmware, or a hypervisor that does not tell',
  'device-timestamps':
    'read the wall times, which are not concerned, and look for a newer driver: its device times are in doubt',
  'impossible-rate':
    'take the times of this case as wrong: work was left out, or a clock does not tell; please report the device and driver',
  'workers-share-a-cpu':
    'stop other work on this machine; where the workers of lavapipe hinder each other, LP_NUM_THREADS=1 makes runs alike',
  'device-throttled':
    'improve the cooling or raise the power limit; compare only with runs that were throttled as much',
  'device-clock-changed':
    'lock the clocks (NVIDIA: nvidia-smi --lock-gpu-clocks), or use longer --min-time so that they settle',
  'device-errors':
    'look at the seat, the riser and the cables of the device, and at its error counters (guestmark counters)',
  'date-set':
    'take startedAt and finishedAt, and the order in time of this report, with care; no sample is on that clock',
  suspended:
    'look at the samples with the longest wall times: a device may have lost its state or its clocks',
  throttled: 'raise the CPU quota of the container or control group, or read the GPU time',
  'threshold-unclear': 'use more --runs: the interval becomes narrower',
  'threshold-unmeasured': 'choose a metric that the case has; its metrics are in the report',
  'run-queue-wait': 'stop other work on this machine, or raise the CPU quota of the container',
};

/** A warning with the advice that belongs to its id. */
export function warningOf(id: WarningId, message: string): ReportWarning {
  return { id, message, advice: ADVICE[id] };
}
