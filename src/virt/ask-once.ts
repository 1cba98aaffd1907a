// Asks once and remembers: for files that a description needs several times, and for CPUID, of which each leaf is an exit to the
// hypervisor. Whoever gives the table sees what was asked.
import type { CpuidRegisters, ReadCpuid } from '../timing/cpuid.ts';
import { leafName } from './recorded-cpuid.ts';

/** The same answers, each as it was when it was first asked for. */
export function askOnce<T>(
  ask: (question: string) => T,
  answers: Map<string, T> = new Map(),
): (question: string) => T {
  return (question) => {
    const known = answers.get(question);
    if (known !== undefined) return known;
    const answer = ask(question);
    answers.set(question, answer);
    return answer;
  };
}

/** CPUID whose leaves are remembered by their names: `0x40000000`. */
export function cpuidOnce(read: ReadCpuid, leaves: Map<string, CpuidRegisters> = new Map()): ReadCpuid {
  return (leaf, subleaf = 0) => askOnce(() => read(leaf, subleaf), leaves)(leafName(leaf, subleaf));
}
