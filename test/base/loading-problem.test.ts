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

// Node itself needs up to 20; the command line has some 35 files of its own, and the counters of a process some 45.
it.each([
  ['the command line', 24, '--help'],
  ['a verb', 40, 'list'],
  ['the part of a process', 40, 'counters --for 10ms'],
])('a limit of open files that is too low for %s is named', async (_what, limit, words) => {
  const command = `ulimit -n ${limit}; exec "${process.execPath}" dist/cli.js ${words}`;
  const { code, stderr } = await new Promise<{ code: unknown; stderr: string }>((resolve) =>
    execFile('sh', ['-c', command], (error, _, text) => resolve({ code: error?.code, stderr: text })),
  );
  expect({ code, stderr }).toEqual({
    code: 3,
    stderr:
      'guestmark: Cannot load guestmark: too many files are open; raise the limit to 256 or more (ulimit -n)\n',
  });
});
