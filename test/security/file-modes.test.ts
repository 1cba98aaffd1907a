// Who may read and write what guestmark leaves behind, and that the shared key of a time server is in none of it. All that is
// written under a umask has the mode that any program would give it; nothing is executable; what was private stays so.
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findSharedKey } from '../../src/external/shared-key.ts';
import { savePieces, saveReport, saveText } from '../../src/report/write-report.ts';
import { fillFolder } from '../../src/setup/unpacked.ts';
import { inTemporaryFolder } from '../../src/shader/run-tool.ts';
import { writeCache } from '../../src/shader/spirv-cache.ts';
import type { Case } from '../../src/suite/case-id.ts';
import { checkDumpFolder, dumpOutputs } from '../../src/suite/dump-outputs.ts';
import type { PreparedCase } from '../../src/suite/prepare-case.ts';
import { dumpMachine } from '../../src/virt/dump-machine.ts';
import { childOf, guestmark, start, temporaryFolder, until } from '../e2e/guestmark.ts';
import { sampleReport } from '../report/sample-report.ts';

const umask = process.umask();
afterEach(() => void process.umask(umask));

const modeOf = (path: string): number => statSync(path).mode & 0o7777;

/** Paths below a folder with their modes. */
function modesBelow(folder: string): readonly (readonly [path: string, isFolder: boolean, mode: number])[] {
  return (readdirSync(folder, { recursive: true, encoding: 'utf8' }) as string[]).map((name) => {
    const path = join(folder, name);
    return [name, statSync(path).isDirectory(), modeOf(path)] as const;
  });
}

async function* pieces() {
  yield 'text';
}

/** All that is written for a user to keep. */
async function writeAll(folder: string): Promise<void> {
  saveReport(join(folder, 'report.json'), sampleReport());
  saveText(join(folder, 'comparison.md'), 'text', 'comparison');
  await savePieces(join(folder, 'page.html'), 'page', pieces());
  const dump = join(folder, 'dump');
  checkDumpFolder(dump);
  const one = { id: 'copy[n=1]', axes: { n: 1 }, benchmark: { name: 'copy' } } as unknown as Case;
  const binding = { name: 'y', plan: { type: 'u32' }, elements: 1, extent: null };
  const prepared = { bindings: [binding], written: ['y'], read: () => Uint32Array.of(1) };
  dumpOutputs(dump, one, prepared as unknown as PreparedCase);
  dumpMachine(join(folder, 'machine'), ({ files }) => void files.read('/proc/version'), { driverModes: {} });
}

describe.each([0o022, 0o077, 0o000, 0o027])('under umask %o', (mask) => {
  it('files have the modes of any file, and folders of any folder', async () => {
    using folder = temporaryFolder();
    process.umask(mask);
    await writeAll(folder.path);
    const modes = modesBelow(folder.path);
    expect(modes.length).toBeGreaterThan(9);
    for (const [path, isFolder, mode] of modes)
      expect([path, mode.toString(8)]).toEqual([path, ((isFolder ? 0o777 : 0o666) & ~mask).toString(8)]);
  });

  it('what is only for this user is closed to others', async () => {
    using folder = temporaryFolder();
    process.umask(mask);
    const [cache, drivers] = [join(folder.path, 'cache'), join(folder.path, 'drivers')];
    await writeCache(cache, 'a', Uint8Array.of(1));
    const record = { schema: 1 } as unknown as Awaited<ReturnType<Parameters<typeof fillFolder>[1]>>;
    await fillFolder(drivers, async () => record);
    await inTemporaryFolder(async (temporary) => expect(modeOf(temporary) & 0o077).toBe(0));
    for (const path of [cache, drivers]) expect([path, modeOf(path) & 0o077]).toEqual([path, 0]);
  });

  it('a report that replaces another one keeps its mode', async () => {
    using folder = temporaryFolder();
    process.umask(mask);
    const path = join(folder.path, 'report.json');
    for (const mode of [0o600, 0o640, 0o644, 0o664]) {
      writeFileSync(path, '');
      chmodSync(path, mode);
      saveReport(path, sampleReport());
      expect(modeOf(path)).toBe(mode);
      await savePieces(path, 'export', pieces());
      expect(modeOf(path)).toBe(mode);
    }
  });
});

const KEY = 'a-secret-key-of-32-characters-9f';

describe('the shared key of a time server', () => {
  it('is cautioned of where others can read it, in words that do not hold it', () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'time.key');
    writeFileSync(file, KEY);
    for (const [mode, isOpen] of [
      [0o600, false],
      [0o400, false],
      [0o640, true],
      [0o604, true],
    ] as const) {
      chmodSync(file, mode);
      const caution = findSharedKey(file, {})?.caution ?? null;
      expect([mode, caution !== null]).toEqual([mode, isOpen]);
      expect(caution ?? '').not.toContain(KEY);
    }
    for (const variables of [{ GUESTMARK_TIME_KEY: 'short-secret' }])
      expect(() => findSharedKey(undefined, variables)).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining('short-secret') }),
      );
  });

  it('is in no command line, no report and no message of a run that uses it', async () => {
    using folder = temporaryFolder();
    const [file, out] = [join(folder.path, 'time.key'), join(folder.path, 'report.json')];
    writeFileSync(file, KEY, { mode: 0o600 });
    const server = start(['time-server', '--json', '--key-file', file]);
    let said = '';
    server.child.stdout?.on('data', (text) => (said += text));
    await until(() => said.includes('\n'));
    const { port } = JSON.parse(said.split('\n')[0] as string) as { port: number };
    const clock = ['--external-clock', `127.0.0.1:${port}`, '--external-key-file', file];
    const times = ['--runs', '1', '--min-time', '100ms', '--max-time', '200ms'];
    const run = start(['run', 'empty-submit', ...times, ...clock, '--out', out]);
    const lines: string[] = [];
    await until(() => childOf(run.child.pid) !== null || run.child.exitCode !== null);
    for (const pid of [run.child.pid, childOf(run.child.pid), server.child.pid])
      if (pid != null) lines.push(commandLine(pid));
    const { code, stdout, stderr } = await run.finished;
    server.child.kill('SIGINT');
    const { stdout: told } = await server.finished;
    expect(code).toBe(0);
    const report = readFileSync(out, 'utf8');
    expect(report).toContain(`127.0.0.1:${port}`);
    expect(lines.length).toBeGreaterThan(1);
    const all = [...lines, stdout, stderr, told, report].join('\n');
    for (const form of [KEY, Buffer.from(KEY).toString('base64'), Buffer.from(KEY).toString('hex')])
      expect(all).not.toContain(form);
  });
});

/** Empty where the process is gone. */
function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

describe('a run', () => {
  it('leaves nothing that is executable or open to more than the umask says', async () => {
    using folder = temporaryFolder();
    process.umask(0);
    mkdirSync(join(folder.path, 'tmp'));
    const args = ['run', 'empty-submit', '--runs', '1', '--min-time', '1ms', '--max-time', '5ms'];
    const { code } = await guestmark([...args, '--out', join(folder.path, 'report.json')], {
      TMPDIR: join(folder.path, 'tmp'),
    });
    expect(code).toBe(0);
    expect(modesBelow(folder.path)).toEqual([
      ['report.json', false, 0o666],
      ['tmp', true, 0o777],
    ]);
  });
});
