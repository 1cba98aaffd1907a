// The flags of an x86 CPU as its kernel lists them: for what CPUID would say, where it cannot be asked.
import type { Machine } from './machine.ts';

/** The first processor of a long file; the others repeat it. */
const FIRST_CPU_CHARACTERS = 16_384;

/** The flags of the first processor; undefined where there are none, as on Arm. */
export function cpuFlags({ files }: Pick<Machine, 'files'>): readonly string[] | undefined {
  const cpuinfo = files.read('/proc/cpuinfo');
  if (!cpuinfo.available) return undefined;
  const line = /^flags[\t ]*:(.*)$/m.exec(cpuinfo.value.slice(0, FIRST_CPU_CHARACTERS));
  return line?.[1]?.split(' ');
}
