// What sysfs tells of a PCI function: its link, its memory, where it sits and who drives it. A guest is shown what its
// hypervisor made up or passed on; what is not shown is missing with the reason. Judges nothing but the resizable BAR.
import { type Available, mapAvailable, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import { interruptNumbers } from '../device-state/interrupt-lines.ts';
import { certain, type Finding, findingOf, likely } from './finding.ts';
import type { AttachmentSubject, PciBar, PciFacts } from './gpu-attachment.ts';
import { functionFolder } from './pci-address.ts';
import { plainText } from './plain-text.ts';
import { judgeResizableBar } from './resizable-bar.ts';

/** Base address registers of a function; the seventh line of `resource` is the expansion ROM. */
const BARS = 6;
/** MSI-X has 2048 at most. */
const MOST_INTERRUPTS = 2048;
/** Widths of PCI Express, in lanes. */
const WIDTHS = [1, 2, 4, 8, 12, 16, 32];

/** What else is known when a function is described. */
export interface PciContext {
  /** Ports of a virtual machine can make up a link. */
  readonly virtual: boolean;
  readonly subject: Pick<AttachmentSubject, 'type' | 'memoryHeaps' | 'memoryTypes'>;
}

/** Describes the function at a checked address, or says why sysfs knows none. */
export function readPciFacts(address: string, files: SystemFiles, context: PciContext): Available<PciFacts> {
  const folder = functionFolder(address);
  return mapAvailable(files.list(folder), (names) => {
    const text = (name: string): Available<string> =>
      mapAvailable(files.read(`${folder}/${name}`), plainText);
    const told = context.virtual ? likely : certain;
    const link = (name: string, parse: (text: string) => Available<number>): Finding<number> =>
      parsed(text(name), parse, (value) => told(value, `${folder}/${name}`));
    const bars = readBars(files.read(`${folder}/resource`), `${folder}/resource`);
    return {
      address,
      driver: linked(files, `${folder}/driver`, 'no driver is bound to it'),
      currentLinkSpeedGTs: link('current_link_speed', parseSpeed),
      currentLinkWidth: link('current_link_width', parseWidth),
      maximumLinkSpeedGTs: link('max_link_speed', parseSpeed),
      maximumLinkWidth: link('max_link_width', parseWidth),
      bars,
      resizableBar: judgeResizableBar({ names, bars, text, folder, subject: context.subject }),
      iommuGroup: linked(
        files,
        `${folder}/iommu_group`,
        'it is in no IOMMU group, which in a guest says nothing of the host',
      ),
      numaNode: parsed(text('numa_node'), parseNode, (node) => certain(node, `${folder}/numa_node`)),
      localCpus: parsed(text('local_cpulist'), parseCpus, (cpus) => certain(cpus, `${folder}/local_cpulist`)),
      interrupts: readInterrupts(folder, files),
      physicalFunction: linked(files, `${folder}/physfn`, 'it is no virtual function, as far as can be seen'),
      virtualFunctions: readVirtualFunctions(text, folder),
      powerState: readPower(text, folder),
    };
  });
}

type ReadText = (name: string) => Available<string>;

/** A text that says something, as a finding; else why not. */
function parsed<T>(
  text: Available<string>,
  parse: (text: string) => Available<T>,
  found: (value: T) => Finding<T>,
): Finding<T> {
  if (!text.available) return text;
  const value = parse(text.value);
  return value.available ? found(value.value) : value;
}

/** `8.0 GT/s PCIe`; `Unknown` where the port does not say. */
function parseSpeed(text: string): Available<number> {
  const [, digits] = /^(\d{1,3}(?:\.\d{1,2})?) GT\/s/.exec(text) ?? [];
  const speed = Number(digits ?? 0);
  return speed > 0 ? { available: true, value: speed } : unavailable(`the link's speed is "${text}"`);
}

function parseWidth(text: string): Available<number> {
  const width = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return WIDTHS.includes(width)
    ? { available: true, value: width }
    : unavailable(`the link's width is "${text}", which PCI Express does not have`);
}

function parseNode(text: string): Available<number> {
  if (text === '-1') return unavailable('the firmware does not say which NUMA node is near');
  return /^\d{1,5}$/.test(text)
    ? { available: true, value: Number(text) }
    : unavailable(`numa_node: "${text}" is no node`);
}

function parseCpus(text: string): Available<string> {
  return /^\d[\d,-]*$/.test(text)
    ? { available: true, value: text }
    : unavailable(`local_cpulist: "${text}" is no list of CPUs`);
}

/** Lines of first address, last address and flags; a register that is not used has zeros. */
function readBars(resource: Available<string>, path: string): Finding<readonly PciBar[]> {
  if (!resource.available) return resource;
  const lines = resource.value.slice(0, 4096).split('\n').slice(0, BARS);
  const bars = lines.flatMap((line, index): readonly PciBar[] => {
    const bytes = barBytes(line);
    return bytes === null ? [] : [{ index, bytes }];
  });
  return bars.length === 0 ? unavailable(`${path}: it lists no base address register`) : certain(bars, path);
}

function barBytes(line: string): number | null {
  const [, first, last, flags] =
    /^(0x[0-9a-f]{1,16}) (0x[0-9a-f]{1,16}) (0x[0-9a-f]{1,16})\s*$/i.exec(line) ?? [];
  if (first === undefined || last === undefined || flags === undefined || BigInt(flags) === 0n) return null;
  const bytes = Number(BigInt(last) - BigInt(first) + 1n);
  return bytes > 0 && Number.isSafeInteger(bytes) ? bytes : null;
}

function linked(files: SystemFiles, path: string, none: string): Finding<string> {
  const target = files.link(path);
  if (!target.available) return unavailable(target.reason.endsWith('ENOENT') ? none : target.reason);
  const name = plainText(target.value.slice(0, 4096).split('/').at(-1) ?? '');
  return name === '' ? unavailable(`${path}: it leads nowhere`) : certain(name, path);
}

function readInterrupts(folder: string, files: SystemFiles): Finding<readonly number[]> {
  const numbers = interruptNumbers(folder, files)
    .slice(0, MOST_INTERRUPTS)
    .filter((text) => /^\d{1,7}$/.test(text))
    .map(Number)
    .sort((a, b) => a - b);
  return numbers.length === 0
    ? unavailable(`${folder}: neither msi_irqs nor irq names an interrupt`)
    : certain(numbers, `${folder}/msi_irqs, else irq`);
}

function readVirtualFunctions(text: ReadText, folder: string): Finding<number> {
  const total = text('sriov_totalvfs');
  const most = total.available ? `, of ${total.value} that it can have` : '';
  const count = text('sriov_numvfs');
  if (!count.available && count.reason.endsWith('ENOENT'))
    return unavailable('it shows no ability to have virtual functions');
  return parsed(count, parseNode, (value) => certain(value, `${folder}/sriov_numvfs${most}`));
}

function readPower(text: ReadText, folder: string): Finding<string> {
  const [state, status] = [text('power_state'), text('power/runtime_status')];
  const isKnown = (one: Available<string>): boolean => one.available && !['', 'unknown'].includes(one.value);
  if (isKnown(state)) return findingOf(state, `${folder}/power_state`);
  if (isKnown(status)) return findingOf(status, `${folder}/power/runtime_status`);
  return state.available ? unavailable(`${folder}/power_state: the kernel does not know`) : state;
}
