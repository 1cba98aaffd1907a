// Watches a description being made: which files, folders, links and CPUID leaves of a machine it asks for, and what it is
// answered. Nothing else of the machine is ever recorded. Knows nothing of what is asked, nor of where a recording is kept.
import { type Available, mapAvailable } from '../base/availability.ts';
import type { SystemFiles, TextEncoding } from '../base/system-files.ts';
import type { CpuidRegisters } from '../timing/cpuid.ts';
import { askOnce, cpuidOnce } from './ask-once.ts';
import type { DriverMode, Machine } from './machine.ts';

/** What a file said, in the encoding in which it was asked for last. */
interface NotedText {
  readonly text: Available<string>;
  readonly encoding: TextEncoding;
}

/** Questions by their paths, leaves or addresses, with the answers. */
export interface MachineNotes {
  readonly texts: ReadonlyMap<string, NotedText>;
  readonly lists: ReadonlyMap<string, Available<readonly string[]>>;
  readonly links: ReadonlyMap<string, Available<string>>;
  readonly leaves: ReadonlyMap<string, CpuidRegisters>;
  readonly driverModes: ReadonlyMap<string, Available<DriverMode>>;
}

/** A machine that answers as another one does, and what it has answered so far. */
export interface WatchedMachine {
  readonly machine: Machine;
  readonly notes: MachineNotes;
}

/**
 * Watches a machine. Who asks twice gets the same answer, so that what is told while it is watched and what is told of the
 * recording are the same.
 *
 * @param redact What may be told of a file's text; whoever describes the watched machine gets only that as well.
 */
export function watchMachine(
  machine: Machine,
  redact: (path: string, text: string) => string,
): WatchedMachine {
  const texts = new Map<string, NotedText>();
  const lists = new Map<string, Available<readonly string[]>>();
  const links = new Map<string, Available<string>>();
  const leaves = new Map<string, CpuidRegisters>();
  const driverModes = new Map<string, Available<DriverMode>>();
  const files: SystemFiles = {
    read: (path, encoding = 'utf8') => {
      const known = texts.get(path);
      if (known?.encoding === encoding) return known.text;
      const text = mapAvailable(machine.files.read(path, encoding), (whole) => redact(path, whole));
      texts.set(path, { text, encoding });
      return text;
    },
    list: askOnce((path) => machine.files.list(path), lists),
    link: askOnce((path) => machine.files.link(path), links),
  };
  const watched: Machine = {
    ...machine,
    files,
    cpuid: mapAvailable(machine.cpuid, (read) => cpuidOnce(read, leaves)),
    driverMode: askOnce((address) => machine.driverMode(address), driverModes),
  };
  return { machine: watched, notes: { texts, lists, links, leaves, driverModes } };
}
