// Report files of broken bytes, as they are read from disk, and folders of them beside what is no file: links in circles, pipes
// that nobody writes to, devices that never end.
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEvidence } from '../../../../dist/evidence/read-evidence.js';
import { readSide } from '../../../../dist/evidence/read-side.js';
import { changedBytes } from './change-text.mjs';
import { below, pick } from './draw.mjs';
import { require, requireMessage, requirePlain } from './oracle.mjs';
import { corpus } from './reports.mjs';

const NAMES = ['time', 'hyperfine', 'hyperfine-2', 'run'];
const BYTES = NAMES.map((name) => Buffer.from(corpus(name)));
const drawnBytes = (random) => changedBytes(random, pick(random, BYTES));

/** The first inputs of the target, whatever the seed: whole files that chance does not find. */
const WHOLE = [
  () => Buffer.alloc(100e6, '['),
  () => Buffer.alloc(60e6, '{"a":'),
  () => Buffer.alloc(50e6, '"'),
  () => Buffer.alloc(30e6, '[],'),
  () => Buffer.alloc(20e6, '[{},'),
  () => Buffer.concat([Buffer.from('{"schema":"guestmark-report","a":'), Buffer.alloc(40e6, '[{"a":')]),
  () =>
    Buffer.concat([
      Buffer.from('{"results":'),
      Buffer.alloc(10e6, '['),
      Buffer.alloc(10e6, ']'),
      Buffer.from('}'),
    ]),
  () =>
    Buffer.from(`{"results":[${'{"command":"a","times":[1]},'.repeat(20_000)}{"command":"a","times":[1]}]}`),
  () => Buffer.from(`{"results":[{"command":"a","times":[${'1,'.repeat(2e6)}1]}]}`),
  () =>
    Buffer.from(`{"schema":"guestmark-report",${Array.from({ length: 3e5 }, (_, i) => `"k${i}":0`).join()}}`),
  () => Buffer.alloc(0),
  () => Buffer.alloc(1e6),
  () => Buffer.from('\ufeff\ufeff{}'),
  () => Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]),
];
/** Tens of megabytes may take their time; none may take all memory. */
const WHOLE_CPU_MS = 20_000;

function openFiles() {
  const folder = mkdtempSync(join(tmpdir(), 'files-'));
  const path = join(folder, 'report.json');
  return {
    make: (random, index) => WHOLE[index]?.() ?? drawnBytes(random),
    attempt: async (bytes) => {
      writeFileSync(path, bytes);
      const { evidence, refused } = await readEvidence(path);
      if (refused === null) return accepted(evidence);
      requireMessage(refused.message);
      return 'refused';
    },
    show: (bytes) => bytes.subarray(0, 100_000).toString('latin1'),
    mostCpuMs: (bytes) => (bytes.length > 2 ** 20 ? WHOLE_CPU_MS : undefined),
    close: () => rmSync(folder, { recursive: true }),
  };
}

function accepted(evidence) {
  requirePlain(evidence);
  return 'accepted';
}

/** What lies in a folder beside reports; `pipe` is one that nobody writes to. */
const THINGS = [
  (path, random) => writeFileSync(path, drawnBytes(random)),
  (path, random) => writeFileSync(path, drawnBytes(random)),
  (path) => mkdirSync(path),
  (path) => symlinkSync('/dev/zero', path),
  (path) => symlinkSync('/proc/self/mem', path),
  (path) => symlinkSync(path, path),
  (path) => symlinkSync('nowhere', path),
  (path) => symlinkSync('..', path),
  (path, _, pipe) => linkSync(pipe, path),
  (path) => {
    writeFileSync(path, '');
    truncateSync(path, 2 ** 40);
  },
];
const FILES = [
  'a.json',
  'b\u001b[31m.json',
  '\u202e.json',
  '.json',
  '-rf.json',
  `${'x'.repeat(240)}.json`,
  'sub',
];

function openFolders() {
  const base = mkdtempSync(join(tmpdir(), 'folders-'));
  const pipe = join(base, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const folder = join(base, 'reports');
  return {
    make: (random) => {
      const things = FILES.slice(below(random, FILES.length)).map((name) => ({
        name,
        thing: pick(random, THINGS),
      }));
      return { things, random };
    },
    attempt: async ({ things, random }) => {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder);
      for (const { name, thing } of things) thing(join(folder, name), random, pipe);
      const named = [folder, ...things.map(({ name }) => join(folder, name))];
      const side = await readSide(named, { threads: 0 });
      for (const { message } of side.refused) requireMessage(message);
      require(side.reports.length <= things.length, 'more reports than files');
      return side.reports.length > 0 ? 'accepted' : 'refused';
    },
    show: ({ things }) => things.map(({ name, thing }) => `${JSON.stringify(name)}: ${thing}`).join('\n'),
    close: () => rmSync(base, { recursive: true }),
  };
}

export default [
  { name: 'report-files', open: async () => openFiles() },
  { name: 'report-folders', open: async () => openFolders() },
];
