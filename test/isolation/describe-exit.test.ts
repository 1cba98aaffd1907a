import { expect, it } from 'vitest';
import { describeExit, exitHint } from '../../src/isolation/describe-exit.ts';

it.each([
  [{ code: null, signal: 'SIGSEGV', lastWords: '' }, 'was ended by SIGSEGV (it left no last words)'],
  [{ code: 3, signal: null, lastWords: 'no\nroom' }, 'exited with code 3 (last words: no | room)'],
  [{ code: null, signal: null, lastWords: 'EAGAIN' }, 'exited with code unknown (last words: EAGAIN)'],
  [{ code: 1, signal: null, lastWords: 'a\nb\nc\nd' }, 'exited with code 1 (last words: b | c | d)'],
  [
    {
      code: 1,
      signal: null,
      lastWords: 'file.js:1\nSyntaxError: Unexpected token\n  at a\n  at b\n  at c\n\nNode.js v20',
    },
    'exited with code 1 (last words: SyntaxError: Unexpected token |   at a |   at b)',
  ],
  [
    { code: null, signal: 'SIGABRT', lastWords: 'GC\nFATAL ERROR: Reached heap limit\n 1: a\n 2: b\n 3: c' },
    'was ended by SIGABRT (last words: FATAL ERROR: Reached heap limit |  1: a |  2: b)',
  ],
])('describeExit() of %j', (exit, words) => {
  expect(describeExit({ ...exit, outOfMemory: null, stuck: false })).toBe(words);
});

it('describeExit() says what is known of memory, and that a process did not end', () => {
  const killed = { code: null, signal: 'SIGKILL', lastWords: '', outOfMemory: 'by the kernel', stuck: false };
  expect(describeExit(killed)).toBe('was ended by SIGKILL, by the kernel (it left no last words)');
  expect(describeExit({ ...killed, signal: null, outOfMemory: null, stuck: true })).toBe(
    'could not be ended: it hangs in the kernel (it left no last words)',
  );
});

it('exitHint() names the filter that ends a process by SIGSYS, and memory where that is to blame', () => {
  const hint = (signal: string | null, outOfMemory: string | null): string =>
    exitHint({ signal, outOfMemory }, 'another driver', 'more memory');
  expect(hint('SIGSYS', null)).toContain('a seccomp filter forbids');
  expect(hint('SIGSEGV', null)).toBe('another driver');
  expect(hint(null, null)).toBe('another driver');
  expect(hint('SIGKILL', 'by the kernel')).toBe('more memory');
});
