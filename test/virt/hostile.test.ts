// Machines that lie, are broken, or want to hurt: whatever stands in whichever file, a description comes, soon, and can be shown.
// The files are those that descriptions really ask for, found by watching them.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type Available, available, unavailable } from '../../src/base/availability.ts';
import type { SystemFiles } from '../../src/base/system-files.ts';
import { describeSystem } from '../../src/virt/describe-system.ts';
import { judgeAttachment } from '../../src/virt/judge-attachment.ts';
import type { Machine } from '../../src/virt/machine.ts';
import { recordedMachine } from '../../src/virt/open-machine.ts';
import { type MachineNotes, watchMachine } from '../../src/virt/record-machine.ts';
import { NVIDIA } from './attachment-subject.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'machines');
const SUBJECTS = [NVIDIA, { ...NVIDIA, vendorId: 0x1af4, deviceId: 0x1050, driverId: available(22) }];

function describeAll(machine: Machine): unknown {
  const system = describeSystem(machine);
  return [system, SUBJECTS.map((subject) => judgeAttachment(subject, machine, system.virtualization))];
}

/** Everything that is wrong with a value that goes to terminals and into JSON. */
function problems(value: unknown, path = ''): readonly string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path}: ${value}`];
  if (typeof value === 'string') {
    const isShown = !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(value) && value.length <= MOST_CHARACTERS;
    return isShown ? [] : [`${path}: ${JSON.stringify(value.slice(0, 80))} of ${value.length}`];
  }
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  const length = entries.length > MOST_ENTRIES ? [`${path}: ${entries.length} entries`] : [];
  return [...length, ...entries.flatMap(([key, one]) => problems(one, `${path}.${key}`))];
}

/** A source may name several paths. */
const MOST_CHARACTERS = 1000;
/** As many CPUs as Linux can have. */
const MOST_ENTRIES = 8192;

interface Base {
  readonly machine: Machine;
  readonly notes: MachineNotes;
  readonly paths: readonly string[];
}

function baseOf(name: string): Base {
  const { machine, notes } = watchMachine(recordedMachine(join(FIXTURES, name, 'root')), (_, text) => text);
  describeAll(machine);
  return { machine, notes, paths: [...new Set([...notes.texts.keys(), ...notes.lists.keys(), ...notes.links.keys()])] };
}

/** Between them they ask for everything: an x86 pod with a GPU's PCI functions, a device tree of Arm, one of POWER. */
const BASES = ['aws-nitro-gpu', 'docker-on-kvm', 'kvm-qemu-arm64', 'powervm', 's390-zvm'].map(baseOf);

/** The base in memory, but for one path. */
function withHostile({ machine, notes }: Base, hostile: string, answers: Hostility): Machine {
  const missing = (path: string): Available<never> => unavailable(`${path}: ENOENT`);
  const files: SystemFiles = {
    read: (path) => (path === hostile ? answers.read(path) : (notes.texts.get(path)?.text ?? missing(path))),
    list: (path) => (path === hostile ? answers.list(path) : (notes.lists.get(path) ?? missing(path))),
    link: (path) => (path === hostile ? answers.link(path) : (notes.links.get(path) ?? missing(path))),
  };
  return { ...machine, files };
}

interface Hostility {
  readonly read: (path: string) => Available<string>;
  readonly list: (path: string) => Available<readonly string[]>;
  readonly link: (path: string) => Available<string>;
}

const refuses = (reason: string): Hostility => {
  const refuse = (path: string): Available<never> => unavailable(`${path}: ${reason}`);
  return { read: refuse, list: refuse, link: refuse };
};

const says = (text: string): Hostility => ({
  read: () => available(text),
  list: () => available(text.split(/\s+/)),
  link: () => available(text),
});

const RANDOM = Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7919 + (at >> 3) * 104_729) & 0xff));

const TEXTS: Readonly<Record<string, string>> = {
  nothing: '',
  'a NUL': '\0',
  blanks: ' \n\t \n',
  'random bytes as UTF-8': RANDOM.toString('utf8'),
  'random bytes as Latin 1': RANDOM.toString('latin1'),
  'control characters': '\x1b[2J\x1b]0;title\x07\u202e\u2028\u0085\ud800 KVMKVMKVM\n',
  'a number that is none': 'NaN\n',
  'a number too large': '1e999\n',
  'a negative number': '-1\n',
  'digits without end': `${'9'.repeat(4096)}\n`,
  'a range of all CPUs there could be': '0-4294967295\n',
  'names of properties': '__proto__\nconstructor\ntoString: hasOwnProperty\n__proto__=1\n0::/__proto__\n',
  'paths that lead upwards': '0::/../../../../etc\n../../../../etc/passwd\n',
};

describe('a description', () => {
  const started = performance.now();
  it('asks for enough to be worth trying', () => {
    const paths = new Set(BASES.flatMap((base) => base.paths));
    expect(paths.size).toBeGreaterThan(150);
  });

  it.each(Object.entries(TEXTS))('stands %s in any file, folder or link', (_, text) => {
    for (const base of BASES)
      for (const path of base.paths)
        expect([path, problems(describeAll(withHostile(base, path, says(text))))]).toEqual([path, []]);
  });

  it.each([
    'EACCES',
    'EISDIR',
    'ELOOP',
    'is no regular file',
    'has more than 4 MiB',
  ])('stands any file, folder or link that cannot be read: %s', (reason) => {
    for (const base of BASES)
      for (const path of base.paths)
        expect([path, problems(describeAll(withHostile(base, path, refuses(reason))))]).toEqual([path, []]);
  });
  afterAll(() => console.log('ms', performance.now() - started, BASES.map((b) => b.paths.length)));
});
