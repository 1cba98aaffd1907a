// The manifest of a recorded machine: what is no file. Written by hand for fixtures and by `system --dump`; comes from
// strangers, so every part is checked, without zod, which alone would take a third of the time that a description may.
import { GuestmarkError } from '../base/errors.ts';
import type { AttachmentSubject } from './gpu-attachment.ts';
import { type DriverMode, TELLING_VARIABLES, type TellingVariable } from './machine.ts';

export const MANIFEST_FILE = 'machine.json';
const MANIFEST_FORMAT = 'guestmark-machine';
const MANIFEST_VERSION = 1;

/** EAX, EBX, ECX and EDX as `0x…`, by leaf `0x40000000` or by leaf and subleaf `0x0000000d.1`. */
export type CpuidTable = Readonly<Record<string, readonly [string, string, string, string]>>;

/** What a recording tells besides its files; what it leaves out was not recorded. */
export interface Manifest {
  /** For people: what machine it is. */
  readonly summary: string;
  /** As Node names it; `x64` where it is not told. */
  readonly architecture: string;
  readonly variables: Readonly<Partial<Record<TellingVariable, string>>>;
  readonly cpuid: CpuidTable | null;
  /** Targets of symbolic links by their paths. */
  readonly links: Readonly<Record<string, string>>;
  /** Names in folders whose contents were not all read, by the paths of the folders. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  /** Why files could not be read, by their paths: `EACCES`; by `CPUID` why the instruction could not be executed. */
  readonly unreadable: Readonly<Record<string, string>>;
  /** By the PCI address of the device. */
  readonly driverModes: Readonly<Record<string, DriverMode>>;
  readonly devices: readonly AttachmentSubject[] | null;
}

/** What stands in a manifest of this version, in the order in which it is written. */
export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify({ format: MANIFEST_FORMAT, version: MANIFEST_VERSION, ...manifest }, null, 2)}\n`;
}

/**
 * Parses a manifest; `{}` is one that tells nothing.
 *
 * @param path For the error message.
 * @throws GuestmarkError (usage) with the place that is wrong.
 */
export function parseManifest(text: string, path: string): Manifest {
  const wrong = (state: string): GuestmarkError =>
    new GuestmarkError('usage', `Cannot read the machine ${path}: ${state}`);
  const value = parsed(text, wrong);
  const part = <T>(key: string, missing: T, isRight: (value: unknown) => boolean, form: string): T => {
    const found = value[key];
    if (found === undefined || found === null) return missing;
    if (!isRight(found)) throw wrong(`"${key}" is not ${form}`);
    return found as T;
  };
  if (value.format !== undefined && value.format !== MANIFEST_FORMAT)
    throw wrong('it is another kind of file');
  const version = part('version', MANIFEST_VERSION, isPositiveInteger, 'a whole number from 1 on');
  if (version > MANIFEST_VERSION) throw wrong(`it has version ${version}, newer than this guestmark knows`);
  return {
    summary: part('summary', '', isText, 'text'),
    architecture: part('architecture', 'x64', isText, 'text'),
    variables: telling(part('variables', {}, isTextTable, 'a table of texts')),
    cpuid: part('cpuid', null, isCpuidTable, 'a table of leaves with four registers such as "0x1f" each'),
    links: part('links', {}, isTextTable, 'a table of texts'),
    lists: part('lists', {}, isNameTable, 'a table of lists of names'),
    unreadable: part('unreadable', {}, isTextTable, 'a table of texts'),
    driverModes: part('driverModes', {}, isModeTable, 'a table of modes'),
    devices: part('devices', null, isDeviceList, 'a list of Vulkan devices'),
  };
}

function parsed(text: string, wrong: (state: string) => GuestmarkError): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isTable(value)) return value;
  } catch {
    // Said below, without the text of a stranger.
  }
  throw wrong('it is not a JSON object');
}

function telling(variables: Readonly<Record<string, string>>): Manifest['variables'] {
  const known = TELLING_VARIABLES.filter((name) => Object.hasOwn(variables, name));
  return Object.fromEntries(known.map((name) => [name, variables[name]]));
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isPositiveInteger(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function isTextTable(value: unknown): boolean {
  return isTable(value) && Object.values(value).every(isText);
}

function isNameTable(value: unknown): boolean {
  const isNames = (names: unknown): boolean => Array.isArray(names) && names.every(isText);
  return isTable(value) && Object.values(value).every(isNames);
}

const REGISTER = /^0x[0-9a-f]{1,8}$/i;
const LEAF = /^0x[0-9a-f]{8}(\.\d{1,3})?$/;

function isCpuidTable(value: unknown): boolean {
  if (!isTable(value)) return false;
  const isRegisters = (one: unknown): boolean =>
    Array.isArray(one) && one.length === 4 && one.every((text) => isText(text) && REGISTER.test(text));
  return Object.entries(value).every(([leaf, registers]) => LEAF.test(leaf) && isRegisters(registers));
}

function isModeTable(value: unknown): boolean {
  const isMode = (one: unknown): boolean =>
    isTable(one) &&
    (one.library === 'NVML' || one.library === 'amdgpu') &&
    Number.isInteger(one.mode) &&
    typeof one.mig === 'boolean';
  return isTable(value) && Object.values(value).every(isMode);
}

function isDeviceList(value: unknown): boolean {
  return isListOf(value, isDevice);
}

function isDevice(value: Record<string, unknown>): boolean {
  const { name, type, software, vendorId, deviceId, memoryHeaps, memoryTypes } = value;
  return (
    isText(name) &&
    isText(type) &&
    typeof software === 'boolean' &&
    Number.isInteger(vendorId) &&
    Number.isInteger(deviceId) &&
    isMaybe(value.driverId, Number.isInteger) &&
    isMaybe(value.pciAddress, isText) &&
    isMaybe(value.renderNode, isText) &&
    isListOf(memoryHeaps, isHeap) &&
    isListOf(memoryTypes, isMemoryType)
  );
}

/** A value or its reason, as `Available` has it. */
function isMaybe(value: unknown, isRight: (value: unknown) => boolean): boolean {
  if (!isTable(value)) return false;
  return value.available === true ? isRight(value.value) : value.available === false && isText(value.reason);
}

function isListOf(value: unknown, isRight: (one: Record<string, unknown>) => boolean): boolean {
  return Array.isArray(value) && value.every((one) => isTable(one) && isRight(one));
}

function isHeap({ index, bytes, deviceLocal }: Record<string, unknown>): boolean {
  return Number.isSafeInteger(index) && Number.isFinite(bytes) && typeof deviceLocal === 'boolean';
}

function isMemoryType({ heapIndex, deviceLocal, hostVisible }: Record<string, unknown>): boolean {
  return (
    Number.isSafeInteger(heapIndex) && typeof deviceLocal === 'boolean' && typeof hostVisible === 'boolean'
  );
}
