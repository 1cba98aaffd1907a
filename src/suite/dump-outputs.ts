// Writes what a case has put out to files: raw, for NumPy, and with a description of both. One output at a time, so
// that no more than one is held; overwrites what an earlier run left.
import { createHash } from 'node:crypto';
import { closeSync, lstatSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileProblem } from '../base/file-problem.ts';
import { makeFolder } from '../base/make-folder.ts';
import { temporaryName } from '../base/temporary-name.ts';
import type { Elements, ElementType } from './benchmark.ts';
import type { Case } from './case-id.ts';
import { bytesOf } from './element-types.ts';
import { fileNameOf } from './file-name.ts';
import { npyHeader } from './npy.ts';
import type { PreparedCase } from './prepare-case.ts';
import type { SizedBinding } from './sized-bindings.ts';

/** An output in `outputs.json`. */
interface DumpedOutput {
  readonly name: string;
  readonly type: ElementType;
  /** Slowest axis first: of an image depth, height, width, components. */
  readonly shape: readonly number[];
  readonly bytes: number;
  /** Of the raw file. */
  readonly sha256: string;
  readonly raw: string;
  readonly npy: string;
}

/**
 * Makes sure, as far as one can before, that outputs can be written below `folder`, which is made if it is not there.
 *
 * @throws GuestmarkError (output) naming the folder and the reason.
 */
export function checkDumpFolder(folder: string): void {
  const probe = join(folder, temporaryName());
  orSay(folder, () => {
    makeFolder(folder);
    try {
      // Only an attempt tells: root passes every access check, also on a read-only file system.
      writeFileSync(probe, 'a full file system still creates empty files', { flag: 'wx' });
    } finally {
      rmSync(probe, { force: true });
    }
  });
}

/**
 * Writes everything that an iteration of the case writes, as it is now, to a folder of the case below `folder`.
 *
 * @throws GuestmarkError (output) naming the folder and the reason.
 */
export function dumpOutputs(folder: string, one: Case, prepared: PreparedCase): void {
  // Ids differ in letters, digits and signs that a file name keeps.
  const into = join(folder, fileNameOf(one.id, new Set()));
  const taken = new Set<string>();
  orSay(into, () => makeOwnFolder(into));
  const outputs = prepared.bindings
    .filter(({ name }) => prepared.written.includes(name))
    .map((binding) => {
      const elements = prepared.read(binding.name);
      return orSay(into, () => dumpOutput(into, binding, elements, fileNameOf(binding.name, taken)));
    });
  const description = { case: one.id, benchmark: one.benchmark.name, axes: one.axes, outputs };
  orSay(into, () =>
    writeFileSync(newFile(into, 'outputs.json'), `${JSON.stringify(description, null, 2)}\n`, NEW),
  );
}

/** In a folder that others write to, what bears the name of a case may be their link to a folder of ours. */
function makeOwnFolder(folder: string): void {
  const isLink = lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  if (isLink) throw Object.assign(new Error('a symbolic link'), { code: 'EEXIST' });
  makeFolder(folder);
}

/** Fails where somebody was faster, instead of following a link. */
const NEW = { flag: 'wx' } as const;

/** Room for a file: what an earlier run left goes away, and so does a link, in place of what it leads to. */
function newFile(folder: string, name: string): string {
  const path = join(folder, name);
  rmSync(path, { force: true });
  return path;
}

function dumpOutput(folder: string, binding: SizedBinding, elements: Elements, file: string): DumpedOutput {
  const { name, plan } = binding;
  const [raw, npy] = [`${file}.bin`, `${file}.npy`];
  const shape = shapeOf(binding);
  const bytes = bytesOf(elements);
  const hash = createHash('sha256');
  const files: number[] = [];
  try {
    for (const file of [raw, npy]) files.push(openSync(newFile(folder, file), NEW.flag));
    writeAll(files[1] as number, npyHeader(plan.type, shape));
    for (let offset = 0; offset < bytes.length; offset += WINDOW_BYTES) {
      const part = bytes.subarray(offset, offset + WINDOW_BYTES);
      hash.update(part);
      for (const one of files) writeAll(one, part);
    }
  } catch (error) {
    // Half an output is a wrong one for whoever reads it.
    for (const file of [raw, npy]) rmSync(join(folder, file), { force: true });
    throw error;
  } finally {
    for (const one of files) closeSync(one);
  }
  return { name, type: plan.type, shape, bytes: bytes.length, sha256: hash.digest('hex'), raw, npy };
}

/** Linux writes less than 2 GiB at once, and a hash takes no more. */
const WINDOW_BYTES = 2 ** 28;

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}

/** Without axes of one texel that the image lacks, and without components where there is one. */
function shapeOf({ elements, extent, plan }: SizedBinding): readonly number[] {
  if (extent === null || plan.image === undefined) return [elements];
  const texels = { '1d': 1, '2d': 2, '3d': 3 }[plan.image.dimensions];
  const components = elements / extent.reduce((product, count) => product * count, 1);
  const shape = extent.slice(0, texels).reverse();
  return components === 1 ? shape : [...shape, components];
}

function orSay<T>(folder: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw fileProblem('outputs to', folder, error);
  }
}
