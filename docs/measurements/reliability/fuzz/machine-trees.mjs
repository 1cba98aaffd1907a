// Recorded machines as folders in which files are something else: pipes that nobody writes to, devices that never end, links in
// circles and out of the machine, folders, sparse files of a terabyte. Every file that a description asks for gets its turn.
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeSystem } from '../../../../dist/virt/describe-system.js';
import { recordedMachine } from '../../../../dist/virt/open-machine.js';
import { watchMachine } from '../../../../dist/virt/record-machine.js';
import { changedBytes } from './change-text.mjs';
import { below, pick } from './draw.mjs';
import { requireDescription } from './machines.mjs';
import { require } from './oracle.mjs';

const FIXTURES = fileURLToPath(new URL('../../../../test/fixtures/machines/', import.meta.url));
const NAMES = ['docker-on-kvm', 'kvm-qemu-arm64', 'aws-nitro-gpu'];
/** Files of megabytes may take their time: a second each. */
const MS_A_FILE = 1000;
const OUTSIDE = 'OUTSIDE-THE-MACHINE';

const THINGS = {
  bytes: (path, { random }) =>
    writeFileSync(path, changedBytes(random, Buffer.from('cpu  1 2 3 4 5 6 7 8 9 10\nflags\t: fpu\n'))),
  empty: (path) => writeFileSync(path, ''),
  folder: (path) => mkdirSync(path),
  circle: (path) => symlinkSync(basename(path), path),
  nowhere: (path) => symlinkSync('nowhere/at/all', path),
  outside: (path, { outside }) => symlinkSync(outside, path),
  parent: (path) => symlinkSync('..', path),
  zero: (path) => symlinkSync('/dev/zero', path),
  memory: (path) => symlinkSync('/proc/self/mem', path),
  pipe: (path, { pipe }) => linkSync(pipe, path),
  device: (path, { device }) => (device === null ? symlinkSync('/dev/zero', path) : linkSync(device, path)),
  sparse: (path) => {
    writeFileSync(path, '');
    truncateSync(path, 2 ** 40);
  },
  large: (path) => writeFileSync(path, 'cpu0 1 2 3\n0-1,2\n'.repeat(200_000)),
};

/** The device that never ends, inside of the machine; null where only root may make one. */
function zeroDevice(path) {
  try {
    execFileSync('mknod', [path, 'c', '1', '5'], { stdio: 'ignore' });
    return path;
  } catch {
    return null;
  }
}

function opened() {
  const base = mkdtempSync(join(tmpdir(), 'tree-'));
  const pipe = join(base, 'pipe');
  const outside = join(base, 'outside');
  execFileSync('mkfifo', [pipe]);
  writeFileSync(outside, OUTSIDE);
  const parts = { pipe, outside, device: zeroDevice(join(base, 'device')) };
  const roots = NAMES.map((name) => {
    const root = join(base, name);
    cpSync(join(FIXTURES, name, 'root'), root, { recursive: true, verbatimSymlinks: true });
    return { root, paths: pathsOf(root) };
  });
  return {
    make: (random) => {
      const { root, paths } = pick(random, roots);
      const things = Array.from({ length: 1 + below(random, 6) }, () => ({
        path: pick(random, paths),
        kind: pick(random, Object.keys(THINGS)),
      }));
      return { root, things, random };
    },
    attempt: ({ root, things, random }) => {
      const undo = things.map(({ path, kind }) =>
        replaced(join(root, path), join(base, 'kept'), (at) => THINGS[kind](at, { ...parts, random })),
      );
      try {
        const machine = recordedMachine(root);
        requireDescription(machine);
        require(!JSON.stringify(describeSystem(machine)).includes(
          OUTSIDE,
        ), 'a file outside of the machine was read');
        return 'accepted';
      } finally {
        for (const restore of undo.reverse()) restore();
      }
    },
    show: ({ root, things }) =>
      `${basename(root)}\n${things.map(({ path, kind }) => `${path}: ${kind}`).join('\n')}`,
    mostCpuMs: ({ things }) =>
      (1 + things.filter(({ kind }) => kind === 'large' || kind === 'sparse').length) * MS_A_FILE,
    close: () => rmSync(base, { recursive: true }),
  };
}

/** Every path that a description asks for, and the manifest. */
function pathsOf(root) {
  const { machine, notes } = watchMachine(recordedMachine(root), (_, text) => text);
  describeSystem(machine);
  return [
    ...new Set([
      ...notes.texts.keys(),
      ...notes.lists.keys(),
      ...notes.links.keys(),
      '/machine.json',
      '/proc/config.gz',
    ]),
  ];
}

let kept = 0;

/** Puts something in the place of a file or folder, and gives back what undoes it. */
function replaced(path, store, make) {
  const made = firstMissing(dirname(path));
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch {
    // A part of the path is something else already.
    return () => undefined;
  }
  const aside = `${store}-${kept++}`;
  const had = isThere(path);
  if (had) renameSync(path, aside);
  make(path);
  return () => {
    rmSync(path, { recursive: true, force: true });
    if (had) renameSync(aside, path);
    if (made !== null) rmSync(made, { recursive: true, force: true });
  };
}

function firstMissing(folder) {
  if (existsSync(folder)) return null;
  return firstMissing(dirname(folder)) ?? folder;
}

function isThere(path) {
  try {
    return lstatSync(path) !== undefined;
  } catch {
    return false;
  }
}

export default [{ name: 'machine-tree', open: async () => opened() }];
