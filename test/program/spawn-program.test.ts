import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ProgramStartError, spawnProgram } from '../../src/program/spawn-program.ts';
import { reapProgram, watchExit } from '../../src/program/wait-program.ts';
import { openLibc } from '../../src/timing/libc.ts';
import { temporaryFolder } from '../e2e/guestmark.ts';

const opened = openLibc();
if (!opened.available) throw new Error(opened.reason);
const libc = opened.value;

function runToEnd(argv: readonly string[]): number | null {
  const pid = spawnProgram(libc, { argv, input: 'null', output: 'null' });
  using watch = watchExit(libc, pid);
  while (watch.wait(20_000) === 'not-yet');
  return reapProgram(libc, pid).exitCode;
}

function startError(argv: readonly string[]): ProgramStartError {
  try {
    runToEnd(argv);
  } catch (error) {
    if (error instanceof ProgramStartError) return error;
    throw error;
  }
  throw new Error(`${argv[0]} was started`);
}

describe('spawnProgram()', () => {
  test('passes arguments and the environment on, word for word', () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'out');
    process.env.GUESTMARK_TEST_WORD = 'ä=b c';
    const script = 'printf "%s|" "$@" "$GUESTMARK_TEST_WORD" > "$0"';
    expect(runToEnd(['sh', '-c', script, file, 'two words', '', '*'])).toBe(0);
    delete process.env.GUESTMARK_TEST_WORD;
    expect(readFileSync(file, 'utf8')).toBe('two words||*|ä=b c|');
  });

  test('gives the program default signals and the null device', () => {
    // Node ignores SIGPIPE; the program must not. Bit 12 of SigIgn is SIGPIPE.
    const script =
      'grep -q "^SigIgn:.*0000$" /proc/self/status && [ "$(readlink /proc/self/fd/0)" = /dev/null ]';
    expect(runToEnd(['sh', '-c', script])).toBe(0);
  });

  test('says what cannot be started, with the exit code of a shell', () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'text');
    writeFileSync(file, 'text');
    chmodSync(file, 0o644);
    expect(startError(['no-such-program-at-all'])).toMatchObject({ exitCode: 127, code: 'usage' });
    expect(startError([file])).toMatchObject({ exitCode: 126 });
    expect(startError([file]).message).toMatch(/^Cannot start ".*text": it may not be executed$/);
    chmodSync(file, 0o755);
    expect(startError([file])).toMatchObject({
      exitCode: 126,
      message: expect.stringMatching(/: it is no program$/),
    });
    writeFileSync(file, '#!/nonexistent/shell\n');
    expect(startError([file])).toMatchObject({
      exitCode: 126,
      message: expect.stringMatching(/: what it is to be run by is missing$/),
    });
  });

  test('calls a program missing where a folder of PATH cannot be searched', () => {
    const EACCES = 13;
    expect(new ProgramStartError('no-such-program-at-all', EACCES)).toMatchObject({
      exitCode: 127,
      message: expect.stringMatching(/: no such program$/),
    });
    expect(new ProgramStartError('sh', EACCES)).toMatchObject({ exitCode: 126 });
  });
});
