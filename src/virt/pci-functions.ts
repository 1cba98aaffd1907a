// The functions on the PCI bus with their numbers. Knows the form in which the kernel tells them, and nothing of what any of
// them is.
import { basename } from 'node:path/posix';
import { type Available, available, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import { functionFolder, isAddress, PCI_DEVICES } from './pci-address.ts';
import { plainText } from './plain-text.ts';

/** The largest machines have some hundreds; a list that is longer is cut. */
export const MOST_FUNCTIONS = 4096;
/** A tree with more functions that tell no numbers is none of a bus: reading it further would only take time. */
const MOST_FAILURES = 64;

/** One function, by its numbers. */
export interface PciFunction {
  /** `0000:01:00.0`. */
  readonly address: string;
  readonly vendorId: number;
  readonly deviceId: number;
  /** Base class, subclass and programming interface: 0x030200 is a 3D controller. */
  readonly classCode: number;
  /** `1af4:1100`; `undefined` where the kernel does not tell it in `uevent`. */
  readonly subsystem: string | undefined;
}

/** All functions in the order of their addresses; those whose numbers cannot be read are left out. */
export function listPciFunctions(files: SystemFiles): Available<readonly PciFunction[]> {
  const names = files.list(PCI_DEVICES);
  if (!names.available) return names;
  const addresses = names.value.filter(isAddress).slice(0, MOST_FUNCTIONS);
  const found: PciFunction[] = [];
  let failures = 0;
  for (const address of addresses) {
    const one = readFunction(files, address);
    if (one !== undefined) found.push(one);
    else if (++failures === MOST_FAILURES) break;
  }
  return available(found);
}

/** `1af4:1050`. */
export function pciId({ vendorId, deviceId }: Pick<PciFunction, 'vendorId' | 'deviceId'>): string {
  return `${hex4(vendorId)}:${hex4(deviceId)}`;
}

/** Four hexadecimal digits, as the PCI id database writes them. */
export function hex4(id: number): string {
  return id.toString(16).padStart(4, '0');
}

/** The driver that holds the function, or why none is known. */
export function pciDriver(files: SystemFiles, address: string): Available<string> {
  const link = files.link(`${functionFolder(address)}/driver`);
  const name = link.available
    ? plainText(basename(link.value))
    : uevent(files, address)?.get('DRIVER')?.trim();
  if (name !== undefined && name !== '') return available(name);
  if (link.available) return unavailable('no driver holds it: its link is empty');
  return unavailable(link.reason.endsWith('ENOENT') ? 'no driver holds it' : link.reason);
}

/** `uevent` tells everything in one file; the single files are there for trees that were copied without it. */
function readFunction(files: SystemFiles, address: string): PciFunction | undefined {
  const event = uevent(files, address);
  const [vendor, device] = (event?.get('PCI_ID') ?? '').split(':');
  const number = (name: string): number | undefined => fromHex(read(files, address, name));
  const vendorId = fromHex(vendor) ?? number('vendor');
  const deviceId = fromHex(device) ?? number('device');
  const classCode = fromHex(event?.get('PCI_CLASS')) ?? number('class');
  if (vendorId === undefined || deviceId === undefined || classCode === undefined) return undefined;
  if (vendorId > 0xffff || deviceId > 0xffff || classCode > 0xffffff) return undefined;
  return { address, vendorId, deviceId, classCode, subsystem: subsystem(event) };
}

function subsystem(event: ReadonlyMap<string, string> | undefined): string | undefined {
  const text = event?.get('PCI_SUBSYS_ID')?.toLowerCase() ?? '';
  return /^[0-9a-f]{4}:[0-9a-f]{4}$/.test(text) ? text : undefined;
}

function read(files: SystemFiles, address: string, name: string): string | undefined {
  const text = files.read(`${functionFolder(address)}/${name}`);
  return text.available ? text.value.slice(0, 1024) : undefined;
}

/** `KEY=value` by line. */
function uevent(files: SystemFiles, address: string): ReadonlyMap<string, string> | undefined {
  const text = read(files, address, 'uevent');
  if (text === undefined) return undefined;
  const pairs = text.split('\n').flatMap((line): readonly (readonly [string, string])[] => {
    const equals = line.indexOf('=');
    return equals < 1 ? [] : [[line.slice(0, equals), plainText(line.slice(equals + 1))]];
  });
  return new Map(pairs);
}

function fromHex(text: string | undefined): number | undefined {
  const digits = /^(?:0x)?([0-9a-f]{1,8})$/i.exec((text ?? '').trim())?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}
