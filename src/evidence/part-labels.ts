// What people call the parts of a wall time, and in which order they are told: for tables, pages and traces alike. Knows
// neither how a part is measured nor how it is drawn.
import type { PartId } from './evidence.ts';

/** All parts: the stages of a dispatch in the order of time, then what was withheld from them. */
export const PARTS: readonly PartId[] = [
  'submit',
  'queue',
  'device',
  'wake-up',
  'wait',
  'copy',
  'call',
  'steal',
  'run-queue',
  'throttling',
];

/** A part, or what no part explains. */
export type LabelledPart = PartId | 'unexplained';

/** A part in words. */
export interface PartLabel {
  /** For columns and sentences: `run-queue wait`. */
  readonly short: string;
  /** One sentence: what the part is and what it is not. */
  readonly long: string;
}

/** What every part is called. */
export const PART_LABELS: Readonly<Record<LabelledPart, PartLabel>> = {
  submit: {
    short: 'submit',
    long: 'Inside the submit call, without the time in which the device worked already, and without withheld time.',
  },
  queue: {
    short: 'queue',
    long: 'From the return of the submit call until the device began.',
  },
  device: {
    short: 'device time',
    long: 'What the device took by its own timestamps; of a software device without what its threads waited for CPUs.',
  },
  'wake-up': {
    short: 'wake-up',
    long: 'From the end on the device until the waiting thread had returned, without withheld time.',
  },
  wait: {
    short: 'wait',
    long: 'All behind the submit call, without withheld time, where no times of the device tell its parts.',
  },
  copy: {
    short: 'copy',
    long: 'Copying or mapping memory between host and device, measured in one piece, without withheld time.',
  },
  call: {
    short: 'call',
    long: 'An operation that was measured in one piece, without withheld time.',
  },
  steal: {
    short: 'steal',
    long: 'The hypervisor ran something else on the virtual CPU, where that delayed the work.',
  },
  'run-queue': {
    short: 'run-queue wait',
    long: 'A thread was ready to run and another task of the guest had its CPU.',
  },
  throttling: {
    short: 'throttling',
    long: 'A CPU quota of a control group kept the thread off its CPU.',
  },
  unexplained: {
    short: 'unexplained',
    long: 'What no clock of the reports tells apart.',
  },
};
