// The lines of /proc/interrupts, and which of them belong to a device: those whose numbers its folder in sysfs lists, else those
// that bear the name of its driver. One parser for whoever counts interrupts; knows nothing of what is counted between when.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import type { StatefulDevice } from './open-device-state.ts';

/** One line: an interrupt, how often every CPU served it, and who asked for it. */
export interface InterruptLine {
  readonly irq: string;
  readonly counts: readonly number[];
  readonly source: string;
}

/** Lines at one instant. */
export interface Interrupts {
  /** The ids of the CPUs of the columns: those that are online. */
  readonly cpus: readonly string[];
  readonly lines: readonly InterruptLine[];
}

/** Names of drivers in /proc/interrupts, for a device whose folder nobody names. */
const DRIVERS = ['nvidia', 'amdgpu', 'radeon', 'i915', 'xe', 'nouveau'];

/** What belongs to a device; a software device has no interrupts. */
export function deviceLines(
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

/** Parses /proc/interrupts: its head names the CPUs, and every line begins with the interrupt and a count for each. */
export function parseInterrupts(text: string): Interrupts {
  const [head = '', ...rows] = text.split('\n');
  const cpus = [...head.matchAll(/CPU(\d+)/g)].map(([, id]) => id as string);
  const lines = rows.flatMap((row): readonly InterruptLine[] => {
    const [irq, ...words] = row.trim().split(/\s+/);
    const counts = words.slice(0, cpus.length);
    // Totals such as ERR have no column for each CPU.
    const isWhole = counts.length === cpus.length && counts.every((count) => /^\d+$/.test(count));
    if (irq === undefined || cpus.length === 0 || !isWhole) return [];
    const source = sourceOf(words.slice(cpus.length));
    return [{ irq: irq.replace(/:$/, ''), counts: counts.map(Number), source }];
  });
  return { cpus, lines };
}

/** What asked for it stands behind the controller, its place there and how it is triggered: `PCI-MSI 524288-edge nvidia`. */
function sourceOf(words: readonly string[]): string {
  const trigger = words.findIndex((word) => /(^|-)(edge|level|fasteoi)$/i.test(word));
  return words.slice(trigger + 1).join(' ');
}
