// Interrupts of a GPU between two readings of /proc/interrupts, by the CPUs that served them. Read beside the samples of a case
// and never within one; which lines are the device's is the business of interrupt-lines.ts.
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import { deviceLines, type InterruptLine, type Interrupts, parseInterrupts } from './interrupt-lines.ts';
import type { StatefulDevice } from './open-device-state.ts';

/** Interrupts between two readings. */
interface InterruptCount {
  readonly count: number;
  /** By the id of the CPU that served them; those without are left out. */
  readonly perCpu: Readonly<Record<string, number>>;
  /** The lines, by their last words. */
  readonly sources: readonly string[];
}

/** Reads the counters; what it returns reads them again and tells the difference. */
export type WatchInterrupts = () => () => Available<InterruptCount>;

/** A watch of a device's interrupts; each of its readings says why it has none. */
export function interruptWatch(device: StatefulDevice, files: SystemFiles): WatchInterrupts {
  const isOfDevice = deviceLines(device, files);
  const read = (): Available<Interrupts> =>
    isOfDevice.available ? readLines(files, isOfDevice.value) : isOfDevice;
  return () => {
    const before = read();
    return () => {
      const after = read();
      if (!before.available) return before;
      return mapAvailable(after, (now) => difference(before.value, now));
    };
  };
}

function readLines(files: SystemFiles, isOfDevice: (line: InterruptLine) => boolean): Available<Interrupts> {
  const text = files.read('/proc/interrupts');
  if (!text.available) return text;
  const { cpus, lines } = parseInterrupts(text.value);
  const own = lines.filter(isOfDevice);
  if (own.length > 0) return available({ cpus, lines: own });
  return unavailable('/proc/interrupts: no line of it belongs to the device');
}

function difference(before: Interrupts, after: Interrupts): InterruptCount {
  const total = ({ lines }: Interrupts, cpu: number): number =>
    lines.reduce((sum, { counts }) => sum + (counts[cpu] ?? 0), 0);
  // A counter can become smaller where a line was given up: that is not the device's doing.
  const perCpu = after.cpus
    .map((id, cpu) => [id, Math.max(0, total(after, cpu) - total(before, cpu))] as const)
    .filter(([, count]) => count > 0);
  return {
    count: perCpu.reduce((sum, [, count]) => sum + count, 0),
    perCpu: Object.fromEntries(perCpu),
    sources: [...new Set(after.lines.map(({ source }) => source))],
  };
}
