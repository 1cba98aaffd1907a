// The entry point of a process that reads VMware's pseudo performance counters and writes them as three numbers: the kernel
// kills it where the host does not offer them. A process and no thread, so that nobody else dies with it.
import { writeSync } from 'node:fs';
import { openLibc } from '../timing/libc.ts';
import { openRdpmc } from './rdpmc.ts';

/** Of prctl(2). */
const PR_SET_DUMPABLE = 4;
const STANDARD_OUTPUT = 1;

writeSync(STANDARD_OUTPUT, `${answer(process.argv.slice(2).map(Number))}\n`);

/** The counters' values in one line; or words, which are the reason. */
function answer(counters: readonly number[]): string {
  const libc = openLibc();
  if (!libc.available) return libc.reason;
  // Its death is expected: no core of it is kept.
  if (libc.value.prctl(PR_SET_DUMPABLE, 0) !== 0) return 'prctl refuses to do without a core';
  const rdpmc = openRdpmc();
  return rdpmc.available ? counters.map(rdpmc.value).join(' ') : rdpmc.reason;
}
