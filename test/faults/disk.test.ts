// A disk that is full, or becomes full or read-only while something is measured: nothing measured is lost, what was there
// stays whole, and the exit code says that something could not be written.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseReport } from '../../src/report/parse-report.ts';
import { savePieces } from '../../src/report/write-report.ts';
import { guestmark, start, temporaryFolder, until } from '../e2e/guestmark.ts';
import { measuredReport, TINY_RUN } from './tiny-run.ts';

const MODULE = ['--module', 'test/fixtures/modules/marked.mjs'];
const SHORT = ['--device', 'llvmpipe', '--min-time', '1ms', '--max-time', '5ms'];

let folder: ReturnType<typeof temporaryFolder>;
let disk: string;
let refuge: string;

const canMount =
  process.getuid?.() === 0 &&
  spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
if (!canMount) console.warn('disk: skipped, because only root may mount a small disk');

/** Leaves so much of the disk. */
function fill(freeBytes: number): void {
  const filler = join(disk, 'filler');
  rmSync(filler, { force: true });
  spawnSync('sh', ['-c', 'cat /dev/zero > "$1" 2>/dev/null', 'sh', filler]);
  if (freeBytes > 0) truncateSync(filler, statSync(filler).size - freeBytes);
}

/** Where a report is told to be that could not be written where it should. */
function refugeOf(stderr: string): string {
  return /^Report: (.*) \(because /m.exec(stderr)?.[1] ?? '';
}

const onDisk = (): readonly string[] =>
  readdirSync(disk)
    .filter((name) => name !== 'filler')
    .sort();

describe.skipIf(!canMount)('a disk of 256 KiB', { timeout: 180_000 }, () => {
  beforeEach(() => {
    folder = temporaryFolder();
    [disk, refuge] = ['disk', 'refuge'].map((name) => join(folder.path, name)) as [string, string];
    mkdirSync(disk);
    mkdirSync(refuge);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk]);
  });
  afterEach(() => {
    execFileSync('umount', [disk]);
    folder[Symbol.dispose]();
  });

  /** Starts a run that saves to the disk, and does harm to the disk once a report is there. */
  async function harmed(harm: () => void, temporary: string) {
    const out = join(disk, 'r.json');
    const args = ['run', 'marked', ...MODULE, ...SHORT, '--runs', '2', '--json', '--out', out];
    const { finished } = start(args, { TMPDIR: temporary });
    await until(() => existsSync(out));
    harm();
    return { ...(await finished), saved: parseReport(readFileSync(out, 'utf8'), out) };
  }

  it('that becomes full during a run costs nothing: the report is elsewhere, and the earlier one whole', async () => {
    const { code, stdout, stderr, saved } = await harmed(() => fill(0), refuge);
    expect(code).toBe(4);
    expect(saved.status).toBe('running');
    const kept = refugeOf(stderr);
    expect(kept.startsWith(refuge)).toBe(true);
    expect(measuredReport(kept)).toEqual(parseReport(stdout, 'standard output'));
    expect(stderr.match(/no space left on the device/g)).toHaveLength(1);
    expect(onDisk()).toEqual(['r.json']);
  });

  it('that becomes read-only during a run costs nothing either', async () => {
    const readOnly = (): void => void execFileSync('mount', ['-o', 'remount,ro', disk]);
    const { code, stderr, saved } = await harmed(() => retried(readOnly), refuge);
    expect(code).toBe(4);
    expect(saved.status).toBe('running');
    measuredReport(refugeOf(stderr));
    expect(stderr.match(/the file system is read-only/g)).toHaveLength(1);
  });

  it('that is full like the folder for temporary files still leaves the report on standard output', async () => {
    const { code, stdout, stderr } = await harmed(() => fill(0), disk);
    expect(code).toBe(4);
    expect(parseReport(stdout, 'standard output')).toMatchObject({ status: 'complete' });
    expect(stderr).toContain('The report is in no file: what is printed is all that is left of it');
    expect(onDisk()).toEqual(['r.json']);
  });

  it('without room for outputs fails the cases that should write some, and keeps their samples', async () => {
    fill(96 * 2 ** 10);
    const out = join(folder.path, 'r.json');
    const cases = ['copy[n=64Ki]', 'marked[k=1]', ...MODULE, ...SHORT, '--runs', '1'];
    const { code, stdout } = await guestmark(['run', ...cases, '--dump-outputs', disk, '--out', out]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/no space\s+left\s+on the device/);
    const { results } = parseReport(readFileSync(out, 'utf8'), out);
    const found = Object.fromEntries(results.map((result) => [result.benchmark, result]));
    expect(found.marked?.status).toBe('ok');
    expect(found.copy).toMatchObject({
      status: 'failed',
      runs: [{ failure: { message: expect.stringContaining('outputs to') } }],
    });
    expect(found.copy?.runs[0]?.samples?.wallNs.length).toBeGreaterThan(0);
    const half = onDisk().filter((name) => name.startsWith('copy'));
    expect(half.flatMap((name) => readdirSync(join(disk, name)))).toEqual([]);
  });

  it('leaves a file as it was, and nothing beside it, where pieces of a new one do not fit', async () => {
    const path = join(disk, 'export.csv');
    writeFileSync(path, 'earlier');
    fill(64 * 2 ** 10);
    async function* pieces(): AsyncIterable<string> {
      for (let i = 0; i < 100; i++) yield 'x'.repeat(4096);
    }
    await expect(savePieces(path, 'export', pieces())).rejects.toThrow('no space left on the device');
    expect(readFileSync(path, 'utf8')).toBe('earlier');
    expect(onDisk()).toEqual(['export.csv']);
  });

  it('leaves a file as it was where the result of a command does not fit', async () => {
    const report = join(folder.path, 'r.json');
    const made = await guestmark([...TINY_RUN, '--out', report]);
    expect(made.code).toBe(0);
    const path = join(disk, 'result');
    // Enough for the attempt that comes first, but not for what follows.
    writeFileSync(path, 'earlier');
    fill(20 * 2 ** 10);
    const { code, stderr } = await guestmark(['report', report, '--out', path]);
    expect({ code, stderr }).toEqual({
      code: 4,
      stderr: expect.stringContaining('no space left on the device'),
    });
    fill(0);
    for (const args of [
      ['compare', report, '--with', report, '--out', path],
      ['export', 'csv', report, '--out', path],
      ['history', report, '--out', path],
      ['time', '--out', path, '--', 'true'],
      ['init', join(disk, 'kernel')],
      ['system', '--dump', join(disk, 'machine')],
    ]) {
      const { code, stderr } = await guestmark(args);
      expect({ args, code, lines: stderr.trim().split('\n').length }).toEqual({ args, code: 4, lines: 1 });
      expect(stderr).toMatch(/no space left on the device|ENOSPC/);
    }
    expect(readFileSync(path, 'utf8')).toBe('earlier');
    expect(onDisk()).toEqual(['machine', 'result']);
  });

  it('keeps the times of a program in the folder for temporary files', async () => {
    const out = join(disk, 't.json');
    const args = [
      'time',
      '--out',
      out,
      '--',
      'sh',
      '-c',
      `cat /dev/zero > ${join(disk, 'filler')} 2>/dev/null; true`,
    ];
    const { code, stderr } = await guestmark(args, { TMPDIR: refuge });
    expect(code).toBe(4);
    expect(JSON.parse(readFileSync(refugeOf(stderr), 'utf8'))).toMatchObject({ status: 'complete' });
    expect(onDisk()).toEqual([]);
  });
});

describe.skipIf(!existsSync('/dev/full'))('a standard output that is full', () => {
  it('costs no report of a run, and is told', () => {
    using home = temporaryFolder();
    const out = join(home.path, 'r.json');
    const { status, stderr } = spawnSync(
      process.execPath,
      ['dist/cli.js', ...TINY_RUN, '--json', '--out', out],
      {
        encoding: 'utf8',
        stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
      },
    );
    expect({ status, stderr }).toEqual({
      status: 4,
      stderr: expect.stringMatching(/^guestmark: Cannot write to standard output: .*no space left.*\n$/i),
    });
    measuredReport(out);
  });
});

/** A file system cannot become read-only in the moment in which something is written to it. */
function retried(act: () => void): void {
  for (let left = 50; ; left--) {
    try {
      act();
      return;
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}
