// `guestmark system` and `guestmark counters` as a stranger starts them: with a folder that is no machine, and Ctrl-C at once.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { childOf, guestmark, start, temporaryFolder, until } from './guestmark.ts';

describe('guestmark system', () => {
  it('refuses a folder that holds no machine, and says how to get one', async () => {
    using folder = temporaryFolder();
    mkdirSync(join(folder.path, 'root'));
    const { code, stdout, stderr } = await guestmark(['system', '--sysroot', folder.path]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(
      'it holds none of machine.json, proc, sys; record one with `guestmark system --dump',
    );
  });

  it('does not take an unset variable for a folder', async () => {
    const { code, stderr } = await guestmark(['system', '--dump', '']);
    expect(code).toBe(2);
    expect(stderr).toBe('guestmark: Cannot read --dump "": it names no folder; --help lists the options\n');
  });
});

describe('guestmark counters', () => {
  it('blames no library for a Ctrl-C that comes early', async () => {
    const { child, finished } = start(['counters', '--for', '30s']);
    await until(() => childOf(child.pid) !== null);
    const reader = childOf(child.pid) as number;
    child.kill('SIGINT');
    // A terminal sends it to both, and a process that is only starting dies of it; this one dies whenever it comes.
    process.kill(reader, 'SIGKILL');
    const { code, stderr } = await finished;
    expect(code).toBe(130);
    expect(stderr).toContain('guestmark: Cannot read the counters: interrupted before the first reading');
  });
});
