// Reads the file that a user calls a shader, which may be a folder, a device that never ends, or a film. Knows
// only what holds for every language.

import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { GuestmarkError } from '../base/errors.ts';

const MAX_BYTES = 64 * 2 ** 20;

/**
 * Reads a shader file whole.
 *
 * @throws GuestmarkError (usage) when it is no readable file, empty, or larger than 64 MiB.
 */
export async function readShaderFile(file: string): Promise<Uint8Array<ArrayBuffer>> {
  const refuse = (state: string, hint?: string, cause?: unknown): GuestmarkError =>
    new GuestmarkError('usage', `Cannot read shader ${file}: ${state}`, {
      ...(hint === undefined ? {} : { hint }),
      cause,
    });
  // Without O_NONBLOCK a named pipe would keep us waiting for a writer.
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((error: Error) => {
    throw refuse(stateOf(error), undefined, error);
  });
  try {
    const stats = await handle.stat();
    if (stats.isDirectory()) throw refuse('it is a folder', 'name a file in it');
    if (!stats.isFile()) throw refuse('it is no regular file');
    if (stats.size > MAX_BYTES) throw refuse('it is larger than 64 MiB');
    const bytes = await readAtMost(handle, stats.size);
    if (bytes.length === 0) throw refuse('it is empty');
    return bytes;
  } catch (error) {
    throw error instanceof GuestmarkError ? error : refuse(stateOf(error as Error), undefined, error);
  } finally {
    await handle.close();
  }
}

/**
 * Decodes the text of a shader.
 *
 * @throws GuestmarkError (usage) for a binary file, or one in UTF-16.
 */
export function decodeShaderText(file: string, bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  if (!text.includes('\0')) return text;
  throw new GuestmarkError('usage', `Cannot read shader ${file}: it is no text in UTF-8`, {
    hint: 'SPIR-V modules are called .spv',
  });
}

/** At most as many bytes as it had when it was looked at: it may be growing. */
async function readAtMost(handle: FileHandle, size: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(size);
  let filled = 0;
  while (filled < size) {
    const { bytesRead } = await handle.read(bytes, filled, size - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.slice(0, filled);
}

function stateOf(error: Error): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'no such file';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'EISDIR':
      return 'it is a folder';
    case 'ELOOP':
      return 'its links lead in a circle';
    default:
      return `it cannot be read (${(error as NodeJS.ErrnoException).code ?? error.message})`;
  }
}
