import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inTemporaryFolder, runTool } from '../../src/shader/run-tool.ts';

const run = (script: string, limitMs = 10_000) =>
  runTool(process.execPath, ['-e', script], { action: 'try it', limitMs });

describe('runTool()', () => {
  it('gives what a tool said, and whether it said no', async () => {
    expect(await run('console.log("x"); console.error("y")')).toEqual({
      failed: false,
      stdout: 'x\n',
      stderr: 'y\n',
    });
    expect(await run('process.exit(3)')).toMatchObject({ failed: true });
  });

  it('gives a tool that reads nothing to read', async () => {
    expect(await run('process.stdin.on("end", () => console.log("end")).resume()')).toMatchObject({
      stdout: 'end\n',
    });
  });

  it('ends one that does not end, and one that says too much', async () => {
    await expect(run('for (;;);', 200)).rejects.toMatchObject({ code: 'timeout' });
    const endless = 'for (;;) require("fs").writeSync(1, Buffer.alloc(2 ** 20))';
    await expect(run(endless)).rejects.toThrow(`Cannot try it: ${process.execPath} says too much`);
  });
});

describe.skipIf(process.platform !== 'linux')('runTool() of a tool that starts another', () => {
  const starts = (script: string): string =>
    `const { spawn } = require('child_process');
     const child = spawn(process.execPath, ['-e', ${JSON.stringify(script)}], { stdio: 'inherit' });
     require('fs').writeFileSync(process.argv[1], String(child.pid)); setInterval(() => undefined, 1000);`;
  // One that was killed may stay listed as a zombie until the first process of the machine looks at it.
  const isAlive = (processId: number): boolean => {
    const file = `/proc/${processId}/status`;
    return existsSync(file) && !/^State:\s+[ZX]/m.test(readFileSync(file, 'utf8'));
  };

  it.each([
    ['time', 'setInterval(() => undefined, 1000)', { limitMs: 1000 }],
    ['memory', 'const kept = []; setInterval(() => kept.push(Buffer.alloc(2 ** 24, 1)), 1)', {}],
  ])('ends both at the limit of %s', async (code, script, limits) => {
    await inTemporaryFolder(async (folder) => {
      const file = join(folder, 'pid');
      const errand = { action: 'try it', limitMs: 20_000, memoryBytes: 400 * 2 ** 20, ...limits };
      await expect(runTool(process.execPath, ['-e', starts(script), file], errand)).rejects.toMatchObject({
        code: code === 'time' ? 'timeout' : 'environment',
      });
      await expect.poll(() => isAlive(Number(readFileSync(file, 'utf8')))).toBe(false);
    });
  });
});

describe.skipIf(process.platform !== 'linux')('runTool() of a tool that takes memory', () => {
  it('ends it at its limit', async () => {
    const script = 'const kept = []; setInterval(() => kept.push(Buffer.alloc(2 ** 24, 1)), 1)';
    const errand = { action: 'try it', limitMs: 20_000, memoryBytes: 200 * 2 ** 20 };
    await expect(runTool(process.execPath, ['-e', script], errand)).rejects.toMatchObject({
      code: 'environment',
      message: `Cannot try it: ${process.execPath} takes more than 200 MiB of memory`,
    });
  });
});

describe('inTemporaryFolder()', () => {
  it('removes the folder when the work fails', async () => {
    let seen = '';
    const work = inTemporaryFolder(async (folder) => {
      seen = folder;
      throw new Error('failed');
    });
    await expect(work).rejects.toThrow('failed');
    expect(seen).not.toBe('');
    expect(existsSync(seen)).toBe(false);
  });
});
