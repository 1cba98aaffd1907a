// What a processor is called, from the text of /proc/cpuinfo, which every architecture writes in its own way. arm64 gives numbers
// only: a small table names the cores of servers, and never the product that is built of them.
import { type Available, available, unavailable } from '../base/availability.ts';
import { certain, type Finding } from './finding.ts';
import { plainText } from './plain-text.ts';

const PATH = '/proc/cpuinfo';
/** One CPU takes some 2000 characters; the first few hundred CPUs tell of all kinds that a machine has. */
const MOST_CHARACTERS = 2 ** 20;

/** Lines that hold the name: x86 and MIPS, LoongArch, POWER, s390x, RISC-V. */
const NAME_LINES: readonly RegExp[] = [
  /^model name[ \t]*:(.*)$/im,
  /^cpu model[ \t]*:(.*)$/m,
  /^cpu[ \t]*:(.*)$/m,
  /^processor 0:.*\b(machine = \w{1,20})/m,
  /^uarch[ \t]*:(.*)$/m,
];

/** The name by /proc/cpuinfo. */
export function cpuModel(cpuinfo: Available<string>): Finding<string> {
  if (!cpuinfo.available) return cpuinfo;
  const text = cpuinfo.value.slice(0, MOST_CHARACTERS);
  for (const line of NAME_LINES) {
    const name = plainText(line.exec(text)?.[1] ?? '');
    if (name !== '')
      return certain(name, `${PATH}: ${name.startsWith('machine =') ? 'processor 0' : 'model'}`);
  }
  return armCores(text);
}

/** x86's flags of the first CPU. */
export function cpuFlags(cpuinfo: Available<string>): Available<ReadonlySet<string>> {
  if (!cpuinfo.available) return cpuinfo;
  const flags = /^flags[ \t]*:(.*)$/m.exec(cpuinfo.value.slice(0, MOST_CHARACTERS))?.[1];
  return flags === undefined
    ? unavailable(`${PATH}: no flags`)
    : available(new Set(flags.slice(0, 65_536).trim().split(/\s+/)));
}

/** A few kinds of cores make a machine; more are garbage. */
const MOST_KINDS = 8;

/** All kinds of cores, in the order in which they are listed. */
function armCores(text: string): Finding<string> {
  const implementers = [...text.matchAll(/^CPU implementer[ \t]*: (0x[0-9a-f]{1,4})$/gm)];
  const parts = [...text.matchAll(/^CPU part[ \t]*: (0x[0-9a-f]{1,4})$/gm)];
  const pairs = parts.map((part, index) => `${implementers[index]?.[1] ?? ''} ${part[1] ?? ''}`);
  const kinds = [...new Set(pairs)].slice(0, MOST_KINDS);
  return kinds.length === 0
    ? unavailable(`${PATH}: names no model`)
    : certain(kinds.map(coreName).join(' + '), `${PATH}: CPU implementer and part`);
}

function coreName(pair: string): string {
  const [implementer = '', part = ''] = pair.split(' ');
  return ARM_CORES.get(pair) ?? `implementer ${implementer || 'unknown'} part ${part}`;
}

/** MIDR_EL1: implementer and part number, by the cores' technical reference manuals and Linux's cputype.h. */
const ARM_CORES: ReadonlyMap<string, string> = new Map([
  ['0x41 0xd03', 'Cortex-A53'],
  ['0x41 0xd05', 'Cortex-A55'],
  ['0x41 0xd07', 'Cortex-A57'],
  ['0x41 0xd08', 'Cortex-A72'],
  ['0x41 0xd09', 'Cortex-A73'],
  ['0x41 0xd0a', 'Cortex-A75'],
  ['0x41 0xd0b', 'Cortex-A76'],
  ['0x41 0xd0c', 'Neoverse-N1'],
  ['0x41 0xd40', 'Neoverse-V1'],
  ['0x41 0xd41', 'Cortex-A78'],
  ['0x41 0xd42', 'Cortex-A78AE'],
  ['0x41 0xd44', 'Cortex-X1'],
  ['0x41 0xd49', 'Neoverse-N2'],
  ['0x41 0xd4f', 'Neoverse-V2'],
  ['0x41 0xd84', 'Neoverse-V3'],
  ['0x41 0xd8e', 'Neoverse-N3'],
  ['0x43 0x0af', 'ThunderX2'],
  ['0x46 0x001', 'A64FX'],
  ['0x48 0xd01', 'TaiShan v110'],
  ['0x4e 0x004', 'Carmel'],
  ['0xc0 0xac3', 'AmpereOne'],
  ['0xc0 0xac4', 'AmpereOne A'],
]);
