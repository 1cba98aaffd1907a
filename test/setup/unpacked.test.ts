import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fillFolder, readUnpacked, type UnpackedRecord } from '../../src/setup/unpacked.ts';
import { write } from './fixture-machine.ts';

const RECORD: UnpackedRecord = {
  schema: 1,
  packages: [{ name: 'libvulkan1', version: '1.3', downloadBytes: 116232 }],
  downloadBytes: 116232,
  diskBytes: null,
  system: { loader: null, manifests: [] },
  libraries: ['root/usr/lib'],
  programs: [],
  drivers: [],
  layers: [],
  headers: null,
  registry: null,
};

let parent = '';
let folder = '';
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'guestmark-unpacked-'));
  folder = join(parent, 'driver');
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const fillWith = (text: string) =>
  fillFolder(folder, async (temporary) => {
    write(join(temporary, 'root/file'), text);
    return RECORD;
  });

describe('fillFolder()', () => {
  it('puts the filled folder and its record in place, and nothing else', async () => {
    expect(await fillWith('one')).toEqual({ folder, record: RECORD });
    expect(readUnpacked(folder)).toEqual({ folder, record: RECORD });
    expect(readdirSync(parent)).toEqual(['driver']);
  });

  it('replaces an earlier folder as a whole', async () => {
    write(join(folder, 'old'), '');
    await fillWith('two');
    expect(readFileSync(join(folder, 'root/file'), 'utf8')).toBe('two');
    expect(readdirSync(folder)).toEqual(['root', 'unpacked.json']);
    expect(readdirSync(parent)).toEqual(['driver']);
  });

  it('keeps the earlier folder and leaves nothing behind when filling fails', async () => {
    await fillWith('one');
    await expect(
      fillFolder(folder, async (temporary) => {
        write(join(temporary, 'root/file'), 'half');
        throw new Error('disk full');
      }),
    ).rejects.toThrow('disk full');
    expect(readFileSync(join(folder, 'root/file'), 'utf8')).toBe('one');
    expect(readdirSync(parent)).toEqual(['driver']);
  });

  it('removes what killed processes left, and spares those that may still run', async () => {
    const alive = `.unpacking-${process.ppid}@${hostname()}-aaaaaa`;
    const dead = `.unpacking-4194305@${hostname()}-bbbbbb`;
    const elsewhere = '.unpacking-7@another-node-cccccc';
    const old = '.unpacking-7@another-node-dddddd';
    for (const name of [alive, dead, elsewhere, old]) write(join(parent, name, 'file'), '');
    utimesSync(join(parent, old), 0, 0);
    await fillWith('one');
    expect(readdirSync(parent).sort()).toEqual([elsewhere, alive, 'driver'].sort());
  });
});

describe('readUnpacked()', () => {
  it.each([
    ['an absent record', undefined],
    ['a record cut short', '{"schema": 1, "pack'],
    ['a record of another layout', '{"schema": 2}'],
  ])('does not count a folder with %s', (_, text) => {
    write(join(folder, 'root/file'), '');
    if (text !== undefined) write(join(folder, 'unpacked.json'), text);
    expect(readUnpacked(folder)).toBeUndefined();
  });
});
