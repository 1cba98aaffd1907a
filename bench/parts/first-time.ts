// The first call of its kind in a process, which loads and starts what all later ones find: it happens once, when the
// device is opened, and so is a figure and no sample.
import type { HostContext, OperationFigure } from 'guestmark';
import { exactly } from './recent-values.ts';

type Opening = HostContext['opening'];
type Times = Extract<Opening, { available: true }>['value'];

/** How long opening the device of this process took there. */
export function firstTime(opening: Opening, part: keyof Times, what: string): OperationFigure {
  return {
    id: 'first',
    label: `first time in the process, ${what}`,
    unit: 'ns',
    estimate: opening.available
      ? exactly(Math.round(opening.value[part]))
      : { available: false, reason: opening.reason },
    method: `Taken once a process, with performance.now(), when it opened its device: ${what}. Loading the code is in it, the file cache of the system is as it was.`,
  };
}
