// Opening a recording that is none, or whose manifest wants to hurt: one clear error, at once.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unavailable } from '../../src/base/availability.ts';
import { recordedMachine } from '../../src/virt/open-machine.ts';

let base: string;
let manifest: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'guestmark-open-'));
  manifest = join(base, 'machine', 'machine.json');
  mkdirSync(join(base, 'machine'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const opening = (name: string) => () => recordedMachine(join(base, name));
const saying = (text: string): unknown =>
  expect.objectContaining({ code: 'usage', message: expect.stringContaining(text) });

describe('recordedMachine()', () => {
  it('takes a folder without a manifest as a tree of files', () => {
    const machine = opening('machine')();
    expect(machine.cpuid).toEqual(unavailable('CPUID: not in the recording'));
    expect(machine.devices).toEqual(unavailable('no Vulkan devices are in the recording'));
  });

  it('refuses what is no folder', () => {
    writeFileSync(join(base, 'file'), '');
    symlinkSync('loop', join(base, 'loop'));
    expect(opening('nothing')).toThrow(saying('there is no such folder'));
    expect(opening('loop')).toThrow(saying('there is no such folder'));
    expect(opening('file')).toThrow(saying('it is no folder'));
  });

  it('refuses a manifest that is a folder', () => {
    mkdirSync(manifest);
    expect(opening('machine')).toThrow(saying('machine.json: EISDIR'));
  });

  it.skipIf(process.platform === 'win32')('refuses a manifest that is a pipe nobody writes to', () => {
    execFileSync('mkfifo', [manifest]);
    expect(opening('machine')).toThrow(saying('machine.json: is no regular file'));
  });

  it('refuses a manifest that is huge', () => {
    writeFileSync(manifest, '');
    truncateSync(manifest, 2 ** 33);
    expect(opening('machine')).toThrow(saying('machine.json: has more than 4 MiB'));
  });

  it('refuses a manifest that lies elsewhere', () => {
    writeFileSync(join(base, 'outside'), '{}');
    symlinkSync(join(base, 'outside'), manifest);
    expect(opening('machine')).toThrow(saying('machine.json: leads out of the recorded machine'));
  });
});
