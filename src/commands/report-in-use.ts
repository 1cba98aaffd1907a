// Whether another process is writing a report already: two that write the same one would each lose what the other measures.
// A socket in the abstract namespace of Linux holds the place: it goes with its process, however that ends, and leaves no file.
// Elsewhere, and from one container or machine to another, nothing is noticed.
import { createHash } from 'node:crypto';
import { realpathSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { GuestmarkError } from '../base/errors.ts';

/**
 * Takes the place of the one who writes `path`, until this process ends. A pipe or device may have many.
 *
 * @throws GuestmarkError (output) where another process has it.
 */
export async function holdReport(path: string): Promise<void> {
  if (process.platform !== 'linux' || !mayBeReport(path)) return;
  if (await holds(`\0guestmark-${placeOf(path)}`)) return;
  throw new GuestmarkError('output', `Cannot write report "${path}": another guestmark is writing it`, {
    hint: 'wait for it to end, or choose another --out',
  });
}

function holds(place: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer((connection) => connection.destroy());
    // Where sockets are forbidden nothing is held.
    server.on('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'EADDRINUSE'));
    server.listen({ path: place }, () => resolve(true));
    server.unref();
  });
}

/** Not what is neither a file nor missing. What nobody may look at is told of by the attempt to write it. */
function mayBeReport(path: string): boolean {
  return attempt(() => statSync(path))?.isFile() !== false;
}

/** The same for all names of a file, for one user. */
function placeOf(path: string): string {
  return createHash('sha256')
    .update(`${process.getuid?.()} ${realPath(path)}`)
    .digest('hex');
}

/** Also of a file that is not there yet, in a folder that is. */
function realPath(path: string): string {
  return (
    attempt(() => realpathSync(path)) ??
    attempt(() => join(realpathSync(dirname(path)), basename(path))) ??
    path
  );
}

function attempt<T>(find: () => T): T | null {
  try {
    return find();
  } catch {
    return null;
  }
}
