import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { describeKernel } from '../../src/virt/kernel.ts';
import { recordedMachine, thisMachine } from '../../src/virt/open-machine.ts';
import { machineRoot } from '../timing/machine-fixture.ts';
import { tableMachine } from './table-machine.ts';

const CLOCKSOURCE = '/sys/devices/system/clocksource/clocksource0';

describe('describeKernel()', () => {
  test('tells release, clocks, accounts and how it was booted', () => {
    const kernel = describeKernel(
      tableMachine({
        files: {
          '/proc/sys/kernel/osrelease': '6.1.0-28-amd64\n',
          '/proc/sys/kernel/perf_event_paranoid': '-1\n',
          '/proc/cmdline': 'ro idle=poll password=x\n',
          '/etc/os-release': 'NAME=Debian\nPRETTY_NAME="Debian \\"12\\" \\$x"\n',
          '/boot/config-6.1.0-28-amd64':
            'CONFIG_PARAVIRT_TIME_ACCOUNTING=y\n# CONFIG_IRQ_TIME_ACCOUNTING is not set\n',
          [`${CLOCKSOURCE}/current_clocksource`]: 'kvm-clock\n',
          [`${CLOCKSOURCE}/available_clocksource`]: 'kvm-clock tsc acpi_pm \n',
        },
      }),
    );
    expect(kernel).toMatchObject({
      release: { value: '6.1.0-28-amd64', source: '/proc/sys/kernel/osrelease' },
      distribution: { value: 'Debian "12" $x', confidence: 'likely' },
      clocksource: { value: 'kvm-clock' },
      availableClocksources: { value: ['kvm-clock', 'tsc', 'acpi_pm'] },
      paravirtTimeAccounting: {
        value: true,
        source: '/boot/config-6.1.0-28-amd64: CONFIG_PARAVIRT_TIME_ACCOUNTING=y',
      },
      irqTimeAccounting: { value: false },
      bootParameters: { value: ['idle=poll'] },
      perfEventParanoid: { value: -1 },
    });
  });

  test("finds the distribution in the vendor's file, without quotes", () => {
    const files = { '/etc/os-release': 'ID=x\n', '/usr/lib/os-release': 'PRETTY_NAME=Alpine\n' };
    expect(describeKernel(tableMachine({ files })).distribution).toMatchObject({
      value: 'Alpine',
      source: '/usr/lib/os-release: PRETTY_NAME',
    });
  });

  test('names the file that is missing for every fact', () => {
    const kernel = describeKernel(tableMachine({}));
    for (const finding of Object.values(kernel)) {
      expect(finding).toMatchObject({ available: false, reason: expect.stringMatching(/\/.*: ENOENT/) });
    }
  });

  test('does not unpack a configuration that fills the memory', () => {
    const root = machineRoot({ '/proc/config.gz': gzipSync(Buffer.alloc(64 * 2 ** 20)) });
    expect(describeKernel(recordedMachine(root)).irqTimeAccounting).toMatchObject({
      available: false,
      reason: expect.stringContaining('/proc/config.gz: ERR_BUFFER_TOO_LARGE'),
    });
  });

  test('is plain text, whatever stands in the files', () => {
    const garbage = `\u001b[31m${'x'.repeat(1e6)}`;
    const paths = ['/proc/sys/kernel/osrelease', '/proc/sys/kernel/perf_event_paranoid', '/proc/cmdline'];
    const files = Object.fromEntries(paths.map((path) => [path, garbage]));
    const text = JSON.stringify(describeKernel(tableMachine({ files })));
    expect(text.length).toBeLessThan(4000);
    expect(text).not.toContain('\\u001b');
  });

  test('knows this machine', () => {
    const { release, clocksource } = describeKernel(thisMachine());
    expect(release).toMatchObject({ value: expect.stringMatching(/^\d+\.\d+/) });
    expect(clocksource.available || clocksource.reason.includes('clocksource0')).toBe(true);
  });
});
