// Interrupts of a GPU by the lines of /proc/interrupts that belong to it: by their numbers, which the device's folder in sysfs
// lists, else by the name of its driver. Read beside the samples of a case and never within one.
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
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

/** One line: an interrupt, how often every CPU served it, and who asked for it. */
interface InterruptLine {
  readonly irq: string;
  readonly counts: readonly number[];
  readonly source: string;
}

/** Names of drivers in /proc/interrupts, for a device whose folder nobody names. */
const DRIVERS = ['nvidia', 'amdgpu', 'radeon', 'i915', 'xe', 'nouveau'];

/** A watch of a device's interrupts; each of its readings says why it has none. */
export function interruptWatch(device: StatefulDevice, files: SystemFiles): WatchInterrupts {
  const isOfDevice = lineFilter(device, files);
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

/** What belongs to a device; a software device has no interrupts. */
function lineFilter(
  { software, pciAddress }: StatefulDevice,
  files: SystemFiles,
): Available<(line: InterruptLine) => boolean> {
  if (software) return unavailable('a software device raises no interrupts');
  const folder = pciAddress.available ? `/sys/bus/pci/devices/${pciAddress.value}` : null;
  const numbers = folder === null ? [] : interruptNumbers(folder, files);
  if (numbers.length > 0) return available(({ irq }) => numbers.includes(irq));
  const link = folder === null ? null : files.link(`${folder}/driver`);
  const driver = link?.available === true ? link.value.split('/').at(-1) : undefined;
  const names = driver === undefined ? DRIVERS : [driver];
  return available(({ source }) => names.some((name) => wordsOf(source).includes(name)));
}

/** Message-signalled interrupts of a device by its folder in sysfs, or the line of old; none where it has none. */
export function interruptNumbers(folder: string, files: SystemFiles): readonly string[] {
  const messages = files.list(`${folder}/msi_irqs`);
  if (messages.available && messages.value.length > 0) return messages.value;
  const line = files.read(`${folder}/irq`);
  const irq = line.available ? line.value.trim() : '0';
  return irq === '0' || irq === '' ? [] : [irq];
}

/** `nvidia` of `0-edge nvidia`, `xe` of `xe:gt0`, `i915` of `i915, snd_hda_intel`. */
function wordsOf(source: string): readonly string[] {
  return source.split(/[\s,:@-]+/);
}

/** The lines of a device at one instant. */
interface Interrupts {
  readonly cpus: readonly string[];
  readonly lines: readonly InterruptLine[];
}

function readLines(files: SystemFiles, isOfDevice: (line: InterruptLine) => boolean): Available<Interrupts> {
  const text = files.read('/proc/interrupts');
  if (!text.available) return text;
  const { cpus, lines } = parseInterrupts(text.value);
  const own = lines.filter(isOfDevice);
  if (own.length > 0) return available({ cpus, lines: own });
  return unavailable('/proc/interrupts: no line of it belongs to the device');
}

/** Parses /proc/interrupts: its head names the CPUs, and every line begins with the interrupt and a count for each. */
function parseInterrupts(text: string): Interrupts {
  const [head = '', ...rows] = text.split('\n');
  const cpus = [...head.matchAll(/CPU(\d+)/g)].map(([, id]) => id as string);
  const lines = rows.flatMap((row): readonly InterruptLine[] => {
    const [irq, ...words] = row.trim().split(/\s+/);
    const counts = words.slice(0, cpus.length).map(Number);
    // Totals such as ERR have no column for each CPU.
    if (irq === undefined || counts.length < cpus.length || !counts.every(Number.isInteger)) return [];
    return [{ irq: irq.replace(/:$/, ''), counts, source: sourceOf(words.slice(cpus.length)) }];
  });
  return { cpus, lines };
}

/** What asked for it stands behind the controller, its place there and how it is triggered: `PCI-MSI 524288-edge nvidia`. */
function sourceOf(words: readonly string[]): string {
  const trigger = words.findIndex((word) => /(^|-)(edge|level|fasteoi)$/i.test(word));
  return words.slice(trigger + 1).join(' ');
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
