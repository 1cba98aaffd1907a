import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemFiles } from '../../src/base/system-files.ts';
import {
  findKvmPtp,
  parsePreciseOffset,
  parseSysOffset,
  readPtp,
  SYS_OFFSET,
  SYS_OFFSET_PRECISE,
} from '../../src/timing/ptp-clock.ts';
import { machineRoot } from './machine-fixture.ts';

describe('findKvmPtp()', () => {
  it('finds the clock by its name and not by its number', () => {
    const root = machineRoot({
      '/sys/class/ptp/ptp0/clock_name': 'e1000e-ptp\n',
      '/sys/class/ptp/ptp3/clock_name': 'KVM virtual PTP\n',
    });
    expect(findKvmPtp(systemFiles(root))).toEqual({ available: true, value: '/dev/ptp3' });
  });

  it('says why there is none', () => {
    const other = machineRoot({ '/sys/class/ptp/ptp0/clock_name': 'hyperv\n' });
    expect(findKvmPtp(systemFiles(other))).toEqual({
      available: false,
      reason: 'none of the PTP clocks (ptp0) is "KVM virtual PTP"',
    });
    expect(findKvmPtp(systemFiles(machineRoot({ '/proc/x': '' })))).toEqual({
      available: false,
      reason: 'no PTP clock (/sys/class/ptp: ENOENT)',
    });
  });
});

/** Writes struct ptp_clock_time as the kernel does: the sign is that of the seconds. */
function write(bytes: DataView, offset: number, seconds: bigint, nanoseconds: number): void {
  bytes.setBigInt64(offset, seconds, true);
  bytes.setUint32(offset + 8, nanoseconds, true);
}

describe('parseSysOffset()', () => {
  it('takes the host time with the nearest guest times around it', () => {
    const bytes = new DataView(new ArrayBuffer(SYS_OFFSET.bytes));
    // Guest and host times in turn, after 1,000 s: the second host time has the narrower window.
    for (const [index, nanoseconds] of [0, 500, 4000, 900, 4600].entries()) {
      write(bytes, 16 + 16 * index, 1000n, nanoseconds);
    }
    expect(parseSysOffset(bytes, 2)).toMatchObject({
      hostNs: 1_000_000_000_900n,
      guestRealtimeNs: 1_000_000_004_300n,
      boundNs: 300,
      guestRawNs: { available: false },
    });
  });
});

describe('parsePreciseOffset()', () => {
  it('reads the three times in their order', () => {
    const bytes = new DataView(new ArrayBuffer(SYS_OFFSET_PRECISE.bytes));
    write(bytes, 0, 7n, 1);
    write(bytes, 16, 8n, 2);
    write(bytes, 32, 9n, 3);
    expect(parsePreciseOffset(bytes)).toMatchObject({
      hostNs: 7_000_000_001n,
      guestRealtimeNs: 8_000_000_002n,
      guestRawNs: { available: true, value: 9_000_000_003n },
    });
  });
});

describe('readPtp()', () => {
  it('says why a device cannot be read', () => {
    expect(readPtp('/dev/no-such-ptp')).toEqual({ available: false, reason: '/dev/no-such-ptp: ENOENT' });
    // Not a PTP clock: it knows none of the requests.
    expect(readPtp('/dev/null')).toMatchObject({ reason: expect.stringMatching(/refuses \(errno \d+\)/) });
  });

  const found = findKvmPtp(systemFiles());
  if (!found.available) console.warn(`KVM's PTP clock is not read: ${found.reason}`);

  it.skipIf(!found.available)('reads a clock of this machine that stands where it should', () => {
    const reading = found.available ? readPtp(found.value) : found;
    // An ordinary user may not open it.
    if (!reading.available) expect(reading.reason).toMatch(/EACCES|EPERM/);
    else expect(Number(reading.value.hostNs) / 1e6).toBeGreaterThan(Date.UTC(2020));
  });
});

const SOURCE = `
#include <stdio.h>
#include <stddef.h>
#include <linux/ptp_clock.h>
int main(void) {
  printf("%lu %lu %zu %zu %zu %zu", (unsigned long)PTP_SYS_OFFSET, (unsigned long)PTP_SYS_OFFSET_PRECISE,
         sizeof(struct ptp_sys_offset), offsetof(struct ptp_sys_offset, ts),
         sizeof(struct ptp_sys_offset_precise), offsetof(struct ptp_sys_offset_precise, sys_monoraw));
}`;
const compiles =
  spawnSync('cc', ['-fsyntax-only', '-xc', '-'], { input: '#include <linux/ptp_clock.h>' }).status === 0;
if (!compiles) console.warn('The layout of PTP requests is not compared: cc or linux/ptp_clock.h is missing');

it.skipIf(!compiles)('SYS_OFFSET and SYS_OFFSET_PRECISE are those of linux/ptp_clock.h', () => {
  const folder = mkdtempSync(join(tmpdir(), 'guestmark-ptp-'));
  try {
    writeFileSync(join(folder, 'ptp.c'), SOURCE);
    execFileSync('cc', ['-o', join(folder, 'ptp'), join(folder, 'ptp.c')]);
    const printed = execFileSync(join(folder, 'ptp'), { encoding: 'utf8' }).split(' ').map(Number);
    expect([
      SYS_OFFSET.request,
      SYS_OFFSET_PRECISE.request,
      SYS_OFFSET.bytes,
      16,
      SYS_OFFSET_PRECISE.bytes,
      32,
    ]).toEqual(printed);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
