// Compiled shaders kept by the hash of all that they are made from. A convenience and no more: whatever is wrong with
// the folder or with a file in it, the shader is compiled again.
import { createHash, randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../base/make-folder.ts';

// Part of every key: to be raised when the same input is to give other SPIR-V.
const FORMAT = 1;
const HASH_BYTES = 32;

/** The key of what depends on nothing but these values. */
export function cacheKey(parts: Readonly<Record<string, unknown>>): string {
  return sha256(JSON.stringify([FORMAT, parts])).toString('hex');
}

/** The module of a key; undefined where there is none, or what is there is not what was written. */
export async function readCache(folder: string, key: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const content = await readFile(fileOf(folder, key)).catch(() => undefined);
  if (content === undefined || content.length <= HASH_BYTES) return undefined;
  const spirv = Uint8Array.from(content.subarray(HASH_BYTES));
  return sha256(spirv).equals(content.subarray(0, HASH_BYTES)) ? spirv : undefined;
}

/** Keeps a module, if that can be done. Another process that reads at the same time finds all of it or nothing. */
export async function writeCache(folder: string, key: string, spirv: Uint8Array): Promise<void> {
  const temporary = join(folder, `${randomUUID()}.tmp`);
  try {
    makeFolder(folder, 0o700);
    await writeFile(temporary, Buffer.concat([sha256(spirv), spirv]), { flag: 'wx' });
    await rename(temporary, fileOf(folder, key));
  } catch {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

function fileOf(folder: string, key: string): string {
  return join(folder, `${key}.spirv`);
}

function sha256(data: string | Uint8Array): Buffer {
  return createHash('sha256').update(data).digest();
}
