// What a process may use, set by itself before it loads anything that could use more: memory of its own, no core file in the
// user's folder, and the first place on the kernel's list where memory runs out. Set once, so that it costs no sample anything.
import { writeFileSync } from 'node:fs';
import { type SystemFiles, systemFiles } from '../base/system-files.ts';
import { type Libc, openLibc } from '../timing/libc.ts';

/** prlimit64(2): 302 on x86-64, 261 where the generic table of system calls holds. */
const PRLIMIT64 = process.arch === 'x64' ? 302 : 261;
const SELF = 0;
/**
 * Private memory that can be written to (asm-generic/resource.h). Not RLIMIT_AS: V8 and drivers of GPUs reserve far more
 * address space than they use.
 */
const RLIMIT_DATA = 2;
const RLIMIT_CORE = 4;
/** The most of proc(5); anybody may raise it. */
const FIRST_TO_END = '1000';

/**
 * Limits the calling process. What the system refuses stays as it was: a measurement is worth more than a limit.
 *
 * @param memoryBytes Of private memory; null where nobody knows what there is.
 */
export function limitProcess(memoryBytes: number | null, files: SystemFiles = systemFiles()): void {
  const libc = openLibc();
  if (libc.available && memoryBytes !== null) lower(libc.value, RLIMIT_DATA, memoryBytes);
  if (libc.available && writesCoreFiles(files)) lower(libc.value, RLIMIT_CORE, 0);
  endFirst();
}

/** Lowers both limits, so that nothing below this process can raise them again. */
function lower({ syscall, addressOf }: Libc, resource: number, value: number): void {
  const limits = new BigUint64Array(2);
  const address = addressOf(limits.buffer);
  if (syscall(PRLIMIT64, SELF, resource, 0, address, 0) !== 0) return;
  const wanted = BigInt(value);
  for (const [index, limit] of limits.entries()) limits[index] = wanted < limit ? wanted : limit;
  syscall(PRLIMIT64, SELF, resource, address, 0, 0);
}

/** A collector (a pattern that begins with a pipe) keeps cores elsewhere, and to a size of its own. */
function writesCoreFiles(files: SystemFiles): boolean {
  const pattern = files.read('/proc/sys/kernel/core_pattern');
  return !(pattern.available && pattern.value.startsWith('|'));
}

/** Where memory runs out, this process shall end, and not the one that holds the results. */
function endFirst(): void {
  try {
    writeFileSync('/proc/self/oom_score_adj', FIRST_TO_END);
  } catch {
    // No /proc, or a container that does not let it: the kernel then judges by size, which names the same one.
  }
}
