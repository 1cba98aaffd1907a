// Machines that lie, are broken, or want to hurt: whatever stands in whichever file, a description comes, soon, and can be shown.
// The files are those that descriptions really ask for, found by watching them.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Available, available, unavailable } from '../../src/base/availability.ts';
import type { SystemFiles } from '../../src/base/system-files.ts';
import { describeSystem } from '../../src/virt/describe-system.ts';
import type { Machine } from '../../src/virt/machine.ts';
import { recordedMachine } from '../../src/virt/open-machine.ts';
import { type MachineNotes, watchMachine } from '../../src/virt/record-machine.ts';
import { NVIDIA } from './attachment-subject.ts';
import { describeAll } from './describe-all.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'machines');
const SUBJECTS = [NVIDIA, { ...NVIDIA, vendorId: 0x1af4, deviceId: 0x1050, driverId: available(22) }];

const describeHostile = (machine: Machine): unknown => describeAll(machine, SUBJECTS);

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
  describeHostile(machine);
  return {
    machine,
    notes,
    paths: [...new Set([...notes.texts.keys(), ...notes.lists.keys(), ...notes.links.keys()])],
  };
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

/** What texts without sense are made of. */
const WORDS = [
  ...'0-,:=/ \n\t\0x9é\u202e\x1b',
  '1e999',
  'NaN',
  '0x',
  '[1]',
  'flags\t: ',
  'cpu ',
  '0::/',
  'KVM',
];

const REFUSALS = ['EACCES', 'EISDIR', 'is no regular file'];
/** What the reader of files lets through at most. */
const MOST_BYTES = 4 * 2 ** 20;
const LARGE = '0-1,2 flags\t: cpu0 9\n';

const RANDOM = Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7919 + (at >> 3) * 104_729) & 0xff));

const TEXTS: Readonly<Record<string, string>> = {
  nothing: '',
  blanks: '\0 \n\t \n',
  'random bytes': RANDOM.toString('latin1'),
  'control characters': '\x1b[2J\x1b]0;title\x07\u202e\u2028\u0085\ud800 KVMKVMKVM\n',
  'a number that is none': 'NaN\n',
  'a number too large': '1e999\n',
  'a negative number': '-1\n',
  'digits without end': `${'9'.repeat(4096)}\n`,
  'a range of all CPUs there could be': '0-4294967295\n',
  'names of properties': '__proto__\nconstructor\ntoString: hasOwnProperty\n__proto__=1\n0::/__proto__\n',
  'paths that lead upwards': '0::/../../../../etc\n../../../../etc/passwd\n',
};

/** The base that asks for a path, another one at every kind of hostility. */
function eachPath(kind: number, attempt: (base: Base, path: string) => void): void {
  for (const path of PATHS) {
    const asking = BASES.filter(({ paths }) => paths.includes(path));
    attempt(asking[kind % asking.length] as Base, path);
  }
}

/** One path of each form: what is done with the file of one PCI function is done with that of all. */
const PATHS = [
  ...new Map(
    [...new Set(BASES.flatMap(({ paths }) => paths))].map((path) => [
      path.replace(/[0-9a-f]{4}:.*\.\d/, ''),
      path,
    ]),
  ).values(),
];

describe('a description', () => {
  it('asks for enough to be worth trying', () => {
    expect(PATHS.length).toBeGreaterThan(100);
    expect(PATHS).toContain('/proc/cpuinfo');
    expect(PATHS).toContain('/sys/bus/pci/devices/0000:00:1e.0/resource');
  });

  it.each(Object.entries(TEXTS).map(([name, text], kind) => ({ name, text, kind })))(
    'stands $name in any file, folder or link',
    ({ text, kind }) => {
      eachPath(kind, (base, path) => {
        expect([path, problems(describeHostile(withHostile(base, path, says(text))))]).toEqual([path, []]);
      });
    },
  );

  it.each(REFUSALS.map((reason, kind) => ({ reason, kind })))(
    'stands any file, folder or link that cannot be read: $reason',
    ({ reason, kind }) => {
      eachPath(kind, (base, path) => {
        expect([path, problems(describeHostile(withHostile(base, path, refuses(reason))))]).toEqual([
          path,
          [],
        ]);
      });
    },
  );

  it('stands megabytes in any file, and reads them in time', () => {
    const large = says(LARGE.repeat(Math.floor(MOST_BYTES / LARGE.length)));
    const answers = { ...refuses('ENOTDIR'), read: large.read };
    for (const path of PATHS) {
      const asking = BASES.find(({ notes }) => notes.texts.get(path)?.text.available);
      if (asking === undefined) continue;
      const started = process.cpuUsage();
      const found = problems(describeHostile(withHostile(asking, path, answers)));
      const { user, system } = process.cpuUsage(started);
      expect([path, found, user + system < 1e6]).toEqual([path, [], true]);
    }
  });

  it('stands whatever text anywhere', () => {
    const [base] = BASES as [Base];
    const words = fc.constantFrom(...WORDS);
    const text = fc.array(words, { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...PATHS), text, { maxKeys: 40 }), text, (texts, other) => {
        const answer = (path: string): string =>
          Object.hasOwn(texts, path) ? (texts[path] as string) : other;
        const files: SystemFiles = {
          read: (path) => available(answer(path)),
          list: (path) => available(answer(path).split(/\s+/)),
          link: (path) => available(answer(path)),
        };
        expect(problems(describeHostile({ ...base.machine, files }))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('stands a CPUID that answers every leaf alike', () => {
    const [base] = BASES as [Base];
    const word = fc.nat(0xffff_ffff);
    fc.assert(
      fc.property(fc.record({ eax: word, ebx: word, ecx: word, edx: word }), (registers) => {
        expect(problems(describeHostile({ ...base.machine, cpuid: available(() => registers) }))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

/** How a tree of files can be hostile: every path that is asked for is one of these. */
const TREES: Readonly<Record<string, (file: string, outside: string) => void>> = {
  'an empty file': (file) => writeFileSync(file, ''),
  'random bytes': (file) => writeFileSync(file, RANDOM),
  'a folder': (file) => mkdirSync(file),
  'a link to itself': (file) => symlinkSync(basename(file), file),
  'a link to nothing': (file) => symlinkSync('nowhere/at/all', file),
  'a link out of the machine': (file, outside) => symlinkSync(outside, file),
  // Sparse: 10 MB that take no room.
  'a file of 10 MB': (file) => {
    writeFileSync(file, '');
    truncateSync(file, 10 ** 7);
  },
};

/** No path that is a folder of another one, and the one file that is not read as text. */
const FILES = [...PATHS, '/proc/config.gz'].filter(
  (path) => !PATHS.some((other) => other.startsWith(`${path}/`)) && path !== '/machine.json',
);

describe('a recorded machine', () => {
  let base: string;
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'guestmark-hostile-'));
    writeFileSync(join(base, 'outside'), 'OUTSIDE');
  });
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  function describeTree(): unknown {
    const description = describeHostile(recordedMachine(join(base, 'root')));
    expect(problems(description)).toEqual([]);
    expect(JSON.stringify(description)).not.toContain('OUTSIDE');
    return description;
  }

  it.each(Object.entries(TREES))('whose every file is %s is described', (_, make) => {
    for (const path of FILES) {
      const file = join(base, 'root', path);
      mkdirSync(dirname(file), { recursive: true });
      make(file, join(base, 'outside'));
    }
    describeTree();
  });

  it.skipIf(process.platform === 'win32')(
    'whose every file is a pipe that nobody writes to is described',
    () => {
      const pipes = FILES.map((path) => join(base, 'root', path));
      for (const pipe of pipes) mkdirSync(dirname(pipe), { recursive: true });
      execFileSync('mkfifo', pipes);
      describeTree();
    },
  );

  it.each(['proc', 'sys', 'etc'])('without /%s is described', (folder) => {
    cpSync(join(FIXTURES, 'kvm-qemu', 'root'), join(base, 'root'), { recursive: true });
    rmSync(join(base, 'root', folder), { recursive: true });
    describeTree();
  });

  it('that is empty is described by reasons alone', () => {
    mkdirSync(join(base, 'root'));
    const system = describeSystem(recordedMachine(join(base, 'root')));
    // Whoever was started by a batch system was told so.
    expect(known(system)).toEqual(['.container.scheduler']);
  });
});

/** The places of all findings that are no reasons. */
function known(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('available' in value) return value.available === true ? [path] : [];
  return Object.entries(value).flatMap(([key, one]) => known(one, `${path}.${key}`));
}
