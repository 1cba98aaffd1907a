// The record of what was unpacked into a cache folder. A folder without a record does not count: it is
// written last, into a folder that is then renamed into place, so an interrupted unpack never looks whole.
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { AptPackage } from './apt-output.ts';
import type { FoundDriver } from './find-driver.ts';

const RECORD = 'unpacked.json';
const SCHEMA = 1;
const TEMPORARY = '.unpacking-';
const ABANDONED_MS = 24 * 3600e3;

/** What an unpacked folder offers. Paths are relative to the folder. */
export interface UnpackedRecord {
  readonly schema: typeof SCHEMA;
  readonly packages: readonly AptPackage[];
  readonly downloadBytes: number;
  /** Disk space, `null` where unknown. */
  readonly diskBytes: number | null;
  /** What the system offered when the folder was made or last found useful. */
  readonly system: FoundDriver;
  /** Folders with shared libraries. */
  readonly libraries: readonly string[];
  /** Folders with programs. */
  readonly programs: readonly string[];
  /** Driver manifests, rewritten to the unpacked libraries. */
  readonly drivers: readonly string[];
  /** Folders with layer manifests, rewritten likewise. */
  readonly layers: readonly string[];
  /** The folder with `vulkan/vulkan_core.h`, `null` where not unpacked. */
  readonly headers: string | null;
  /** The Vulkan registry `vk.xml`, `null` where not unpacked. */
  readonly registry: string | null;
}

/** An unpacked folder and its record. */
export interface Unpacked {
  /** Absolute path. */
  readonly folder: string;
  readonly record: UnpackedRecord;
}

/** Reads the record of a folder; `undefined` where the folder is absent, incomplete or of another layout. */
export function readUnpacked(folder: string): Unpacked | undefined {
  try {
    const record = JSON.parse(readFileSync(join(folder, RECORD), 'utf8')) as UnpackedRecord;
    return record.schema === SCHEMA ? { folder, record } : undefined;
  } catch {
    return undefined;
  }
}

/** Replaces the record of a folder, atomically. */
export function writeRecord({ folder, record }: Unpacked): void {
  const temporary = join(folder, `${RECORD}.${process.pid}`);
  writeFileSync(temporary, `${JSON.stringify(record, null, 2)}\n`);
  renameSync(temporary, join(folder, RECORD));
}

/**
 * Fills a folder through a temporary one beside it: `fill` gets the temporary folder and returns the
 * record. When `fill` fails nothing is left behind, and an earlier folder stays as it was.
 */
export async function fillFolder(
  folder: string,
  fill: (temporary: string) => Promise<UnpackedRecord>,
): Promise<Unpacked> {
  const parent = dirname(folder);
  mkdirSync(parent, { recursive: true });
  removeAbandoned(parent);
  const temporary = mkdtempSync(join(parent, temporaryPrefix()));
  try {
    const record = await fill(temporary);
    writeRecord({ folder: temporary, record });
    swapIn(temporary, folder);
    return { folder, record };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Moves what is at `folder` aside, puts `temporary` there, and removes the old one. */
function swapIn(temporary: string, folder: string): void {
  const old = `${temporary}-${basename(folder)}`;
  try {
    renameSync(folder, old);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  renameSync(temporary, folder);
  rmSync(old, { recursive: true, force: true });
}

/** Removes the temporary folders of setups that were killed. */
function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent)) {
    const path = join(parent, name);
    if (name.startsWith(TEMPORARY) && isAbandoned(name, statSync(path).mtimeMs)) {
      rmSync(path, { recursive: true, force: true });
    }
  }
}

/** `.unpacking-PID@HOST-random`: told by the process on this machine, by age where home folders are shared. */
function temporaryPrefix(): string {
  return `${TEMPORARY}${process.pid}@${hostname()}-`;
}

function isAbandoned(name: string, modifiedMs: number): boolean {
  const [, pid, machine] = /^(\d+)@(.+)-[^-]*$/.exec(name.slice(TEMPORARY.length)) ?? [];
  if (pid !== undefined && machine === hostname()) return !isAlive(Number(pid));
  return Date.now() - modifiedMs > ABANDONED_MS;
}

/** In containers process ids repeat: what bears our own is from an earlier life. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
