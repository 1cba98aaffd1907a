import { execFile } from 'node:child_process';
import { expect, it } from 'vitest';
import { problemOfLoading, problemOfOpenFiles } from '../../src/base/loading-problem.ts';

it('problemOfLoading() leaves defects alone', () => {
  expect(problemOfLoading(new TypeError('x is not a function'))).toBeUndefined();
});

it('problemOfLoading() has words for files that may not be read', () => {
  const error = Object.assign(new Error('EACCES'), { code: 'EACCES', path: '/x/y.js' });
  expect(problemOfLoading(error)?.message).toBe('Cannot load guestmark: /x/y.js: permission denied');
});

it('problemOfOpenFiles() is met by whoever loads something, and no defect of what is loaded', () => {
  const error = Object.assign(new Error('EMFILE'), { code: 'EMFILE', path: '/x/y.js' });
  expect(problemOfOpenFiles(error)?.message).toBe('Cannot load guestmark: too many files are open');
  expect(problemOfOpenFiles(Object.assign(new Error('EACCES'), { code: 'EACCES' }))).toBeUndefined();
});

interface Ended {
  readonly code: unknown;
  readonly stderr: string;
}

/** Ends a command under a limit of open files. */
const underLimit = (limit: number, words: string): Promise<Ended> =>
  new Promise((resolve) => {
    const command = `ulimit -n ${limit}; exec "${process.execPath}" dist/cli.js ${words}`;
    execFile('sh', ['-c', command], (error, _, stderr) => resolve({ code: error?.code, stderr }));
  });

const NAMED = {
  code: 3,
  stderr:
    'guestmark: Cannot load guestmark: too many files are open; raise the limit to 256 or more (ulimit -n)\n',
};

// Node itself needs up to 20; the command line has some 35 files of its own, and the counters of a process some 45. Node before 22
// opens them at once, later ones one after the other.
const opensAtOnce = Number(process.versions.node.split('.')[0]) < 22;

it.skipIf(!opensAtOnce).each([
  ['the command line', 24, '--help'],
  ['a verb', 40, 'list'],
  ['the part of a process', 40, 'counters --for 10ms'],
])('a limit of open files that is too low for %s is named', async (_what, limit, words) => {
  expect(await underLimit(limit, words)).toEqual(NAMED);
});

it.skipIf(opensAtOnce)('a limit of open files that is too low for one more is named', async () => {
  let limit = 26;
  let ended = await underLimit(limit, '--help');
  while (ended.code === undefined && limit > 16) ended = await underLimit(--limit, '--help');
  expect(ended).toEqual(NAMED);
});

it.skipIf(opensAtOnce)('a limit of open files that is too low to start a process is named', async () => {
  expect(await underLimit(24, 'counters --for 10ms')).toEqual(NAMED);
});
