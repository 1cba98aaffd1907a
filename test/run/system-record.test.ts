import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { systemFiles } from '../../src/base/system-files.ts';
import { systemRecord } from '../../src/run/system-record.ts';
import { certain } from '../../src/virt/finding.ts';
import { temporaryFolder } from '../e2e/guestmark.ts';

const UNKNOWN = unavailable('nobody looked');

describe('systemRecord()', () => {
  it('describes this machine', () => {
    const record = systemRecord(systemFiles(), {}, UNKNOWN);
    expect(record.cpuCount).toBeGreaterThan(0);
    expect(record.memoryBytes).toBeGreaterThan(2 ** 28);
    expect(record.loadAverage).toHaveLength(3);
  });

  it('reads what files tell, below their root', () => {
    using folder = temporaryFolder();
    const put = (path: string, text: string): void => {
      mkdirSync(join(folder.path, dirname(path)), { recursive: true });
      writeFileSync(join(folder.path, path), text);
    };
    put('etc/os-release', 'NAME="Debian"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n');
    put('sys/devices/system/clocksource/clocksource0/current_clocksource', 'kvm-clock\n');
    expect(systemRecord(systemFiles(folder.path), {}, certain(true, 'CPUID'))).toMatchObject({
      osRelease: { value: 'Debian GNU/Linux 12 (bookworm)' },
      hypervisorPresent: available(true),
      clocksource: { value: 'kvm-clock' },
    });
  });

  it('gives a reason for what it cannot read', () => {
    using folder = temporaryFolder();
    expect(systemRecord(systemFiles(folder.path), {}, UNKNOWN).osRelease).toEqual({
      available: false,
      reason: '/etc/os-release: ENOENT',
    });
  });

  it('names the variables that change what a driver does, and no others', () => {
    const environment = {
      VK_DRIVER_FILES: 'lvp.json',
      LP_NUM_THREADS: '1',
      PATH: '/bin',
      HELP_ME: '1',
      MY_VK_THING: '1',
    };
    expect(Object.entries(systemRecord(systemFiles(), environment, UNKNOWN).driverVariables)).toEqual([
      ['LP_NUM_THREADS', '1'],
      ['VK_DRIVER_FILES', 'lvp.json'],
    ]);
  });
});
