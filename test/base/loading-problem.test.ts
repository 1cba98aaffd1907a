import { execFile } from 'node:child_process';
import { expect, it } from 'vitest';
import { problemOfLoading } from '../../src/base/loading-problem.ts';

it('problemOfLoading() leaves defects alone', () => {
  expect(problemOfLoading(new TypeError('x is not a function'))).toBeUndefined();
});

it('problemOfLoading() has words for files that may not be read', () => {
  const error = Object.assign(new Error('EACCES'), { code: 'EACCES', path: '/x/y.js' });
  expect(problemOfLoading(error)?.message).toBe('Cannot load guestmark: /x/y.js: permission denied');
});

it('a limit of open files that is too low is named', async () => {
  const command = `ulimit -n 24; exec "${process.execPath}" dist/cli.js clocks --help`;
  const { code, stderr } = await new Promise<{ code: unknown; stderr: string }>((resolve) =>
    execFile('sh', ['-c', command], (error, _, text) => resolve({ code: error?.code, stderr: text })),
  );
  expect({ code, stderr }).toEqual({
    code: 3,
    stderr:
      'guestmark: Cannot load guestmark: too many files are open; raise the limit to 256 or more (ulimit -n)\n',
  });
});
