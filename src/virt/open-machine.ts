// Opens this machine, or a recorded one: a folder with the files that were read and a manifest of what is no file (CPUID,
// links, what could not be read, what drivers said). Whatever a recording holds, opening it gives a machine or one clear error.
import { join } from 'node:path';
import { type Available, available, unavailable, valueOrUndefined } from '../base/availability.ts';
import { GuestmarkError } from '../base/errors.ts';
import { type SystemFiles, systemFiles } from '../base/system-files.ts';
import { openCpuid } from '../timing/cpuid.ts';
import { readDriverMode } from './driver-mode.ts';
import type { AttachmentSubject } from './gpu-attachment.ts';
import { type DriverMode, type Machine, TELLING_VARIABLES, type TellingVariable } from './machine.ts';
import { MANIFEST_FILE, type Manifest, parseManifest } from './manifest.ts';
import { plainText } from './plain-text.ts';
import { recordedCpuid } from './recorded-cpuid.ts';

/** A machine with the Vulkan devices that were seen on it, where somebody looked. */
export interface RecordedMachine extends Machine {
  readonly devices: Available<readonly AttachmentSubject[]>;
}

/** This machine. Reads its CPUID by machine code, once per process. */
export function thisMachine(environment: NodeJS.ProcessEnv = process.env): Machine {
  const files = systemFiles();
  return {
    files,
    root: '/',
    live: true,
    cpuid: openCpuid(),
    architecture: process.arch,
    variables: tellingVariables(environment),
    driverMode: (address) => readDriverMode(address, files),
  };
}

function tellingVariables(environment: NodeJS.ProcessEnv): Machine['variables'] {
  const found = TELLING_VARIABLES.flatMap((name): readonly (readonly [TellingVariable, string])[] => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(found);
}

/**
 * A recorded machine. A folder without a manifest is a tree of plain files, as `cp` leaves it.
 *
 * @throws GuestmarkError (usage) when there is no such folder, or its manifest cannot be understood.
 */
export function recordedMachine(root: string): RecordedMachine {
  const files = systemFiles(root);
  const manifest = readManifest(root, files);
  return {
    files: withManifest(files, manifest),
    root,
    live: false,
    cpuid: cpuidOf(manifest),
    architecture: plainText(manifest.architecture),
    variables: manifest.variables,
    driverMode: (address) => modeOf(manifest.driverModes, address),
    devices: manifest.devices === null ? NOBODY_LOOKED : available(manifest.devices.map(withPlainTexts)),
  };
}

/** A stranger's device: its name and its reasons go to terminals. */
function withPlainTexts(subject: AttachmentSubject): AttachmentSubject {
  const plain = <T>(maybe: Available<T>): Available<T> =>
    maybe.available ? maybe : unavailable(plainText(maybe.reason));
  return {
    ...subject,
    name: plainText(subject.name),
    type: plainText(subject.type),
    driverId: plain(subject.driverId),
    pciAddress: plain(subject.pciAddress),
    renderNode: plain(subject.renderNode),
  };
}

const NOBODY_LOOKED = unavailable('no Vulkan devices are in the recording');

function cpuidOf({ cpuid, unreadable }: Manifest): Machine['cpuid'] {
  if (cpuid !== null) return available(recordedCpuid(cpuid));
  const reason = known(unreadable, 'CPUID');
  return unavailable(reason === undefined ? 'CPUID: not in the recording' : plainText(reason));
}

function modeOf(modes: Manifest['driverModes'], address: string): Available<DriverMode> {
  const mode = known(modes, address);
  return mode === undefined
    ? unavailable(`no driver's word on ${address} in the recording`)
    : available(mode);
}

/** Read like any other file of the recording: it may be a folder, a pipe, endless, or somebody else's. */
function readManifest(root: string, files: SystemFiles): Manifest {
  const folder = files.list('/');
  if (!folder.available) throw noRecording(root, folder.reason);
  if (!folder.value.includes(MANIFEST_FILE)) return parseManifest('{}', root);
  const text = files.read(`/${MANIFEST_FILE}`);
  if (!text.available) throw cannotRead(root, text.reason.slice(1));
  return parseManifest(text.value, join(root, MANIFEST_FILE));
}

const FOLDER_STATES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'it is no folder',
  EACCES: 'permission denied',
};

function noRecording(root: string, reason: string): GuestmarkError {
  const state = reason.replace(/^\/: /, '');
  const hint = 'record one with `guestmark system --dump DIR`';
  return cannotRead(root, FOLDER_STATES[state] ?? state, hint);
}

function cannotRead(root: string, state: string, hint?: string): GuestmarkError {
  const message = `Cannot read the machine ${root}: ${state}`;
  return new GuestmarkError('usage', message, hint === undefined ? {} : { hint });
}

/** What the manifest tells comes first: it need not exist as files. */
function withManifest(files: SystemFiles, { links, lists, unreadable }: Manifest): SystemFiles {
  const refused = (path: string): Available<never> | undefined => {
    const reason = known(unreadable, path);
    return reason === undefined ? undefined : unavailable(`${path}: ${plainText(reason)}`);
  };
  return {
    read: (path, encoding) => refused(path) ?? files.read(path, encoding),
    list: (path) => {
      const names = [...(known(lists, path) ?? []), ...namesBelow(path, links)];
      if (names.length === 0 && known(lists, path) === undefined) return refused(path) ?? files.list(path);
      return available([...new Set([...(valueOrUndefined(files.list(path)) ?? []), ...names])].sort());
    },
    link: (path) => {
      const target = known(links, path);
      return target === undefined ? (refused(path) ?? files.link(path)) : available(target);
    },
  };
}

/** What a manifest has of a path; it comes from strangers, who may name a property of all objects. */
function known<T>(table: Readonly<Record<string, T>>, path: string): T | undefined {
  return Object.hasOwn(table, path) ? table[path] : undefined;
}

/** A folder contains the links that lie in it. */
function namesBelow(path: string, links: Manifest['links']): readonly string[] {
  const below = `${path.replace(/\/$/, '')}/`;
  return Object.keys(links)
    .filter((link) => link.startsWith(below))
    .map((link) => link.slice(below.length).split('/')[0] as string);
}
