// Real files, and the errors of a real file system as far as one can cause them without mounting one.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkWritable, savePieces, saveReport } from '../../src/report/write-report.ts';
import { sampleReport } from './sample-report.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guestmark-report-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const isRoot = process.getuid?.() === 0;
const hasFullDevice = existsSync('/dev/full');
if (isRoot) console.warn('write-report: skipping "permission denied", because root may write everywhere');
if (!hasFullDevice) console.warn('write-report: skipping "no space left", because there is no /dev/full');

describe('saveReport()', () => {
  it('writes the report as JSON and leaves nothing else behind', () => {
    const path = join(folder, 'out.json');
    saveReport(path, sampleReport());
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(sampleReport());
    expect(readdirSync(folder)).toEqual(['out.json']);
  });

  it('replaces an earlier report', () => {
    const path = join(folder, 'out.json');
    saveReport(path, sampleReport({ status: 'running' }));
    saveReport(path, sampleReport({ status: 'complete' }));
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ status: 'complete' });
  });

  it('writes through a symbolic link and keeps the link', () => {
    writeFileSync(join(folder, 'real.json'), 'old');
    symlinkSync('real.json', join(folder, 'link.json'));
    saveReport(join(folder, 'link.json'), sampleReport());
    expect(JSON.parse(readFileSync(join(folder, 'real.json'), 'utf8'))).toMatchObject({
      schema: 'guestmark-report',
    });
  });

  it.skipIf(!hasFullDevice)('says that no space is left, and does not replace the device', () => {
    expect(() => saveReport('/dev/full', sampleReport())).toThrow(
      'Cannot write report "/dev/full": no space left on the device',
    );
    expect(existsSync('/dev/full')).toBe(true);
  });

  it('says that the folder does not exist', () => {
    const path = join(folder, 'missing', 'out.json');
    expect(() => saveReport(path, sampleReport())).toThrow(
      `Cannot write report "${path}": the folder does not exist`,
    );
  });

  it('says that the path is a folder, and leaves it empty', () => {
    mkdirSync(join(folder, 'out.json'));
    expect(() => saveReport(join(folder, 'out.json'), sampleReport())).toThrow('it is a folder');
    expect(readdirSync(join(folder, 'out.json'))).toEqual([]);
  });

  it('keeps the earlier report and no temporary file when the new one cannot be written', () => {
    const path = join(folder, 'out.json');
    saveReport(path, sampleReport());
    // JSON has no bigint: the text cannot even be made.
    const unwritable = { ...sampleReport(), queueFamilyIndex: 1n as unknown as number };
    expect(() => saveReport(path, unwritable)).toThrow();
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(sampleReport());
    expect(readdirSync(folder)).toEqual(['out.json']);
  });

  it('removes its temporary file when it cannot be renamed', () => {
    const path = join(folder, 'x'.repeat(300));
    expect(() => saveReport(path, sampleReport())).toThrow('the name is too long');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('checkWritable()', () => {
  it('accepts a path that can be written and leaves nothing behind', () => {
    checkWritable(join(folder, 'out.json'));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('does not touch an existing report', () => {
    writeFileSync(join(folder, 'out.json'), 'precious');
    checkWritable(join(folder, 'out.json'));
    expect(readFileSync(join(folder, 'out.json'), 'utf8')).toBe('precious');
  });

  it.each([
    ['a folder that does not exist', 'missing/out.json', 'the folder does not exist'],
    ['a file where a folder should be', 'file/out.json', 'a part of the path is not a folder'],
    ['a folder', '.', 'it is a folder'],
    ['a name with a slash at its end', 'new/', 'it is a folder'],
    ['a name that is too long', 'x'.repeat(300), 'the name is too long'],
  ])('refuses %s before anything was measured', (_, name, words) => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => checkWritable(`${folder}/${name}`)).toThrow(words);
  });

  it.skipIf(isRoot)('refuses a folder without permission to write', () => {
    mkdirSync(join(folder, 'closed'));
    chmodSync(join(folder, 'closed'), 0o500);
    expect(() => checkWritable(join(folder, 'closed', 'out.json'))).toThrow('permission denied');
  });
});

describe('savePieces()', () => {
  async function* pieces(...all: readonly (string | Uint8Array)[]): AsyncIterable<string | Uint8Array> {
    yield* all;
  }

  it('writes one piece behind the other, text and bytes', async () => {
    const path = join(folder, 'out');
    await savePieces(path, 'export', pieces('a\n', Uint8Array.of(98, 10)));
    expect(readFileSync(path, 'utf8')).toBe('a\nb\n');
    expect(readdirSync(folder)).toEqual(['out']);
  });

  it('leaves the earlier file where the pieces end early, and passes their error on', async () => {
    const path = join(folder, 'out');
    writeFileSync(path, 'earlier');
    async function* broken(): AsyncIterable<string> {
      yield 'half';
      throw new Error('no more');
    }
    await expect(savePieces(path, 'export', broken())).rejects.toThrow('no more');
    expect(readFileSync(path, 'utf8')).toBe('earlier');
    expect(readdirSync(folder)).toEqual(['out']);
  });

  it('keeps what was private so while it is written', async () => {
    const path = join(folder, 'out');
    writeFileSync(path, 'earlier', { mode: 0o600 });
    const modes: number[] = [];
    async function* watched(): AsyncIterable<string> {
      for (const piece of ['a', 'b']) {
        yield piece;
        for (const name of readdirSync(folder)) modes.push(statSync(join(folder, name)).mode & 0o777);
      }
    }
    await savePieces(path, 'export', watched());
    expect(modes).toEqual([0o600, 0o600, 0o600, 0o600]);
  });

  it.skipIf(!hasFullDevice)('says that no space is left, in its own words', async () => {
    await expect(savePieces('/dev/full', 'export', pieces('a'))).rejects.toThrow(
      'Cannot write export "/dev/full": no space left on the device',
    );
  });
});
