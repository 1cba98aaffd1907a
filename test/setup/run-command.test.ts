import { describe, expect, it } from 'vitest';
import { runCommand } from '../../src/setup/run-command.ts';

const node = (script: string, options = {}) => runCommand(process.execPath, ['-e', script], options);

describe('runCommand()', () => {
  it('captures both streams and the exit status', async () => {
    expect(await node("console.log('out'); console.error('err'); process.exitCode = 7")).toEqual({
      exit: 7,
      stdout: 'out\n',
      stderr: 'err\n',
    });
  });

  it('gives no input, so that a program that asks does not wait', async () => {
    expect((await node("process.stdin.resume().on('end', () => console.log('end'))")).stdout).toBe('end\n');
  });

  it('kills a program that exceeds its time', async () => {
    expect((await node('setInterval(() => {}, 1000)', { timeoutMs: 200 })).exit).toBe('SIGKILL');
  });

  it('tells of a program that cannot be started', async () => {
    expect((await runCommand('/no/such/program', [])).exit).toBe('ENOENT');
  });
});
