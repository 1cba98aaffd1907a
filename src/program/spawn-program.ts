// Starts a program through the C library and not through node:child_process: libuv reaps its children as soon
// as they end, and with that goes their last entry in /proc, which holds the final CPU time and run-queue wait of the
// main thread. libuv waits only for processes that it has started, so this one is ours alone.
import { existsSync, constants as fileConstants } from 'node:fs';
import { constants as systemConstants } from 'node:os';
import { delimiter, join } from 'node:path';
import { GuestmarkError } from '../base/errors.ts';
import type { Libc } from '../timing/libc.ts';
import { cStrings } from './c-strings.ts';

/** What to start, and how its standard streams are connected. */
export interface ProgramRequest {
  /** The program, looked up in PATH, and its arguments. Not empty. */
  readonly argv: readonly string[];
  /** `null` is /dev/null. */
  readonly input: 'inherit' | 'null';
  /** Standard output and error; `stderr`: both go to standard error. */
  readonly output: 'inherit' | 'null' | 'stderr';
}

/** The program could not be started. */
export class ProgramStartError extends GuestmarkError {
  override readonly name: string = 'ProgramStartError';
  /** What a shell would exit with: 127 where there is no such program, 126 where it cannot be executed. */
  readonly exitCode: 126 | 127;

  constructor(program: string, errorNumber: number) {
    const named = errorName(errorNumber);
    // A folder of PATH that may not be searched gives EACCES for a program that is nowhere.
    const error = named === 'EACCES' && isNowhere(program) ? 'ENOENT' : named;
    const lacksInterpreter = error === 'ENOENT' && program.includes('/') && existsSync(program);
    const [state, hint] = lacksInterpreter
      ? NO_INTERPRETER
      : (PROBLEMS[error] ?? [error, 'try it without guestmark']);
    super('usage', `Cannot start "${program}": ${state}`, { hint });
    this.exitCode = error === 'ENOENT' && !lacksInterpreter ? 127 : 126;
  }
}

/** A name without a path that no folder of PATH has, as far as they can be searched. */
function isNowhere(program: string): boolean {
  if (program.includes('/')) return false;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return !folders.some((folder) => existsSync(join(folder, program)));
}

/** Of the headers of this system: libuv, whose names Node has otherwise, lacks some. */
function errorName(errorNumber: number): string {
  const known = Object.entries(systemConstants.errno).find(([, number]) => number === errorNumber);
  return known?.[0] ?? `error ${errorNumber}`;
}

const NO_INTERPRETER = [
  'what it is to be run by is missing',
  'look at the first line of a script (#!), or install the libraries of a binary',
] as const;

const PROBLEMS: Readonly<Record<string, readonly [state: string, hint: string]>> = {
  ENOENT: ['no such program', 'check the name and PATH; a command of the shell needs sh -c'],
  EACCES: ['it may not be executed', 'check its permissions, and that it is no folder'],
  ENOEXEC: ['it is no program', 'a script needs a first line such as #!/bin/sh'],
  ENOTDIR: ['a part of its path is no folder', 'check the path'],
  ELOOP: ['its symbolic links lead in a circle', 'check the path'],
  ENAMETOOLONG: ['its name is too long', 'check the path'],
  ETXTBSY: ['it is being written', 'try again when that is done'],
  EMFILE: ['too many files are open', 'raise the limit (ulimit -n)'],
  E2BIG: ['its arguments and the environment are too long', 'give fewer arguments'],
  ENOMEM: ['there is too little memory', 'free some'],
  EAGAIN: ['no more processes are allowed', 'raise the limit (ulimit -u)'],
};

/**
 * Starts the program; the child has our environment, working folder, CPU affinity, and no descriptor besides the
 * standard ones.
 *
 * @returns Its process id. Whoever calls must wait for it.
 * @throws ProgramStartError where there is nothing to wait for.
 */
export function spawnProgram(libc: Libc, { argv, input, output }: ProgramRequest): number {
  const strings = cStrings(libc, argv);
  const environment = cStrings(
    libc,
    Object.entries(process.env).map(([name, value]) => `${name}=${value ?? ''}`),
  );
  const pid = new Int32Array(new ArrayBuffer(8));
  const attributes = spawnAttributes(libc);
  const actions = spawnActions(libc, input, output);
  prepareStreams(libc);
  const error = libc.posixSpawnp(
    libc.addressOf(pid.buffer),
    strings.firstAddress,
    libc.addressOf(actions),
    libc.addressOf(attributes),
    strings.address,
    environment.address,
  );
  // What the addresses above lead to must not be collected before the call is over.
  for (const { memory } of [strings, environment]) new Uint8Array(memory).fill(0);
  libc.spawnActions.destroy(libc.addressOf(actions));
  libc.spawnAttributes.destroy(libc.addressOf(attributes));
  if (error !== 0) throw new ProgramStartError(argv[0] as string, error);
  return pid[0] as number;
}

/** glibc and musl need 336 and 80 bytes; what is more than enough costs nothing. */
const ATTRIBUTE_BYTES = 1024;
const ACTION_BYTES = 256;
const SIGNAL_SET_BYTES = 128;
const POSIX_SPAWN_SETSIGDEF = 4;
const POSIX_SPAWN_SETSIGMASK = 8;

/** Node ignores SIGPIPE, and a child would inherit that: all signals do what they do by default, none is blocked. */
function spawnAttributes(libc: Libc): ArrayBuffer {
  const memory = new ArrayBuffer(ATTRIBUTE_BYTES);
  const address = libc.addressOf(memory);
  const all = new Uint8Array(new ArrayBuffer(SIGNAL_SET_BYTES)).fill(0xff);
  const none = new Uint8Array(new ArrayBuffer(SIGNAL_SET_BYTES));
  libc.spawnAttributes.init(address);
  libc.spawnAttributes.setFlags(address, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  libc.spawnAttributes.setDefaultSignals(address, libc.addressOf(all.buffer));
  libc.spawnAttributes.setSignalMask(address, libc.addressOf(none.buffer));
  // Both were copied; until then they must not be collected.
  for (const set of [all, none]) set.fill(0);
  return memory;
}

function spawnActions(
  libc: Libc,
  input: ProgramRequest['input'],
  output: ProgramRequest['output'],
): ArrayBuffer {
  const memory = new ArrayBuffer(ACTION_BYTES);
  const address = libc.addressOf(memory);
  const redirect = (fd: number, flags: number): void => {
    libc.spawnActions.addOpen(address, fd, '/dev/null', flags, 0);
  };
  libc.spawnActions.init(address);
  if (input === 'null') redirect(0, fileConstants.O_RDONLY);
  if (output === 'null') [1, 2].forEach((fd) => void redirect(fd, fileConstants.O_WRONLY));
  if (output === 'stderr') libc.spawnActions.addDup2(address, 2, 1);
  return memory;
}

const F_SETFD = 2;
const F_GETFL = 3;
const F_SETFL = 4;

/**
 * Undoes what Node did to its standard streams: it closes them when another program is executed, and makes pipes
 * non-blocking, which is a property of the pipe, so that the program would be told to try again where it expects to wait.
 */
function prepareStreams(libc: Libc): void {
  for (const fd of [0, 1, 2]) {
    libc.fcntl(fd, F_SETFD, 0);
    const flags = libc.fcntl(fd, F_GETFL, 0);
    if (flags > 0 && (flags & fileConstants.O_NONBLOCK) !== 0) {
      libc.fcntl(fd, F_SETFL, flags & ~fileConstants.O_NONBLOCK);
    }
  }
}
