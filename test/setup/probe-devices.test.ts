import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { probeWithCli, readProbe } from '../../src/setup/probe-devices.ts';
import { write } from './fixture-machine.ts';

const folder = mkdtempSync(join(tmpdir(), 'guestmark-probe-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const probe = (script: string) => {
  const cli = join(folder, 'cli.mjs');
  write(cli, script);
  return probeWithCli(cli)({ ...process.env, GREETING: 'hello' });
};

describe('probeWithCli()', () => {
  it('asks a child for its devices, under the given environment', async () => {
    const script =
      'console.log(JSON.stringify({ devices: [{ name: process.env.GREETING }, { name: process.argv.slice(2).join() }] }))';
    expect(await probe(script)).toEqual(available(['hello', 'devices,--json']));
  });

  it('outlives a driver that kills the child', async () => {
    expect(await probe("process.kill(process.pid, 'SIGSEGV'); setInterval(() => {}, 1000);")).toEqual(
      unavailable('the device probe ended with SIGSEGV'),
    );
  });
});

describe('readProbe()', () => {
  it('takes the reason from the last line of a child that failed', () => {
    const stderr = 'warning\nCannot open the Vulkan loader: libvulkan.so.1 is absent\n';
    expect(readProbe({ exit: 3, stdout: '', stderr })).toEqual(
      unavailable('Cannot open the Vulkan loader: libvulkan.so.1 is absent'),
    );
  });

  it('does not take an empty or an unreadable list for a device', () => {
    expect(readProbe({ exit: 0, stdout: '{"devices":[]}', stderr: '' })).toEqual(
      unavailable('Vulkan lists no device'),
    );
    for (const stdout of ['', 'devices: 1', '{}', 'null']) {
      expect(readProbe({ exit: 0, stdout, stderr: '' }).available).toBe(false);
    }
  });
});
