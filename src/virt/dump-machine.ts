// Records a machine into a folder that src/virt/open-machine.ts reads back, so that a user's report of a wrong description
// becomes a test. Writes what a description asked for and was told, and nothing else of the machine.
import { readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type Available, unavailable } from '../base/availability.ts';
import { GuestmarkError } from '../base/errors.ts';
import { makeFolder } from '../base/make-folder.ts';
import { readSystemBytes } from '../base/system-files.ts';
import type { CpuidRegisters } from '../timing/cpuid.ts';
import type { AttachmentSubject } from './gpu-attachment.ts';
import { withHiddenIds } from './hidden-ids.ts';
import type { DriverMode, Machine } from './machine.ts';
import { type CpuidTable, MANIFEST_FILE, type Manifest, manifestText } from './manifest.ts';
import { thisMachine } from './open-machine.ts';
import { plainSubject } from './plain-subject.ts';
import { type MachineNotes, watchMachine } from './record-machine.ts';
import { redactText, redactVariables } from './redact-recording.ts';

const KERNEL_CONFIG = '/proc/config.gz';
const MOST_CONFIG_BYTES = 16 * 2 ** 20;

/** What else goes into the recording. */
export interface DumpOptions {
  /** Default: this machine. */
  readonly machine?: Machine;
  readonly summary?: string;
  /** Vulkan devices that were seen on it. */
  readonly devices?: readonly AttachmentSubject[];
  /** What drivers said, by PCI address, where they were asked in another process; else the machine is asked. */
  readonly driverModes?: Readonly<Record<string, Available<DriverMode>>>;
}

/**
 * Records everything that `describe` asks of the machine.
 *
 * @param folder A new folder, or an empty one.
 * @throws GuestmarkError `usage` when the folder holds something, `output` when it cannot be written.
 */
export function dumpMachine(
  folder: string,
  describe: (machine: Machine) => void,
  { machine = thisMachine(), summary = 'recorded by guestmark system --dump', ...known }: DumpOptions = {},
): void {
  claimDumpFolder(folder);
  const { driverModes } = known;
  const source: Machine = {
    ...machine,
    files: withHiddenIds(machine.files),
    variables: redactVariables(machine.variables),
    driverMode: driverModes === undefined ? machine.driverMode : (address) => modeOf(driverModes, address),
  };
  const watched = watchMachine(source, redactText);
  describe(watched.machine);
  const manifest = manifestOf(watched.machine, watched.notes);
  writing(folder, () => {
    writeTexts(folder, watched.notes.texts);
    writeKernelConfig(folder, machine.root);
    const text = manifestText({
      ...manifest,
      summary,
      driverModes: { ...manifest.driverModes, ...obtained(new Map(Object.entries(driverModes ?? {}))) },
      devices: known.devices?.map(plainSubject) ?? null,
    });
    writeFileSync(join(folder, MANIFEST_FILE), text, { flag: 'wx' });
  });
}

function modeOf(
  modes: Readonly<Record<string, Available<DriverMode>>>,
  address: string,
): Available<DriverMode> {
  const mode = Object.hasOwn(modes, address) ? modes[address] : undefined;
  return mode ?? unavailable(`no driver was asked for the device at ${address}`);
}

/**
 * Makes the folder of a recording: for who has much to do before there is something to record.
 *
 * @throws GuestmarkError `usage` when the folder holds something, `output` when it cannot be made.
 */
export function claimDumpFolder(folder: string): void {
  writing(folder, () => {
    makeFolder(folder);
    if (readdirSync(folder).length === 0) return;
    throw new GuestmarkError('usage', `Cannot record the machine in ${folder}: the folder is not empty`, {
      hint: 'name a new folder',
    });
  });
}

function writing(folder: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    if (error instanceof GuestmarkError) throw error;
    const state = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new GuestmarkError('output', `Cannot record the machine in ${folder}: ${state}`, { cause: error });
  }
}

/** Paths are taken as below a root, so that none leads out of the folder. */
function writeTexts(folder: string, texts: MachineNotes['texts']): void {
  for (const [path, { text, encoding }] of texts) {
    if (!text.available) continue;
    const file = join(folder, join('/', path));
    makeFolder(dirname(file));
    // The folder was empty: what is there now somebody else put there, a link to another file maybe.
    writeFileSync(file, text.value, { encoding, flag: 'wx' });
  }
}

/** The one file that is read as bytes: recorded whether or not somebody asked. */
function writeKernelConfig(folder: string, root: string): void {
  const bytes = readSystemBytes(root, KERNEL_CONFIG);
  if (!bytes.available) return;
  const file = join(folder, KERNEL_CONFIG);
  makeFolder(dirname(file));
  writeFileSync(file, gzipSync(redactText(KERNEL_CONFIG, unpacked(bytes.value))), { flag: 'wx' });
}

function unpacked(bytes: Uint8Array<ArrayBuffer>): string {
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_CONFIG_BYTES }).toString('utf8');
  } catch {
    // Not compressed, or more than any configuration is: nothing of it is recorded.
    return '';
  }
}

function manifestOf(machine: Machine, notes: MachineNotes): Manifest {
  return {
    summary: '',
    architecture: machine.architecture,
    variables: machine.variables,
    cpuid: machine.cpuid.available ? cpuidTable(notes.leaves) : null,
    links: obtained(notes.links),
    lists: obtained(notes.lists),
    unreadable: {
      ...(machine.cpuid.available ? {} : { CPUID: machine.cpuid.reason }),
      ...reasons(notes.links, notes.texts),
      ...reasons(notes.lists, notes.texts),
      ...reasons(textsOf(notes), notes.texts),
    },
    driverModes: obtained(notes.driverModes),
    devices: null,
  };
}

function textsOf({ texts }: MachineNotes): ReadonlyMap<string, Available<string>> {
  return new Map([...texts].map(([path, { text }]) => [path, text]));
}

function obtained<T>(answers: ReadonlyMap<string, Available<T>>): Record<string, T> {
  const told = [...answers].flatMap(([question, answer]) =>
    answer.available ? [[question, answer.value] as const] : [],
  );
  return Object.fromEntries(told);
}

/** What does not exist is not written, and then does not exist in the recording either. */
function reasons(
  answers: ReadonlyMap<string, Available<unknown>>,
  texts: MachineNotes['texts'],
): Record<string, string> {
  const untold = [...answers].flatMap(([path, answer]) => {
    if (answer.available || texts.get(path)?.text.available) return [];
    const reason = answer.reason.startsWith(`${path}: `)
      ? answer.reason.slice(path.length + 2)
      : answer.reason;
    return reason === 'ENOENT' ? [] : [[path, reason] as const];
  });
  return Object.fromEntries(untold);
}

/** A leaf that is all zeros is not written: one that is not in the table reads so. */
function cpuidTable(leaves: MachineNotes['leaves']): CpuidTable {
  const hex = (value: number): string => `0x${(value >>> 0).toString(16).padStart(8, '0')}`;
  const row = ({ eax, ebx, ecx, edx }: CpuidRegisters): CpuidTable[string] => [
    hex(eax),
    hex(ebx),
    hex(ecx),
    hex(edx),
  ];
  const told = [...leaves].filter(([, { eax, ebx, ecx, edx }]) => (eax | ebx | ecx | edx) !== 0).sort();
  return Object.fromEntries(told.map(([leaf, registers]) => [leaf, row(registers)]));
}
