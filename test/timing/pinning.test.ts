// Really binds this thread, and gives it its CPUs back.
import { describe, expect, test } from 'vitest';
import { unavailable } from '../../src/base/availability.ts';
import { GuestmarkError } from '../../src/base/errors.ts';
import { systemFiles } from '../../src/base/system-files.ts';
import { currentCpu, type Pin, pinThread } from '../../src/timing/pinning.ts';
import { allowedCpus } from '../../src/timing/thread-cpus.ts';
import { machineRoot } from './machine-fixture.ts';
import { realTime } from './snapshot-clock.contract.ts';

function allowed(): readonly number[] {
  const cpus = allowedCpus(systemFiles());
  if (!cpus.available) throw new Error(cpus.reason);
  return cpus.value;
}

function pinned(choice: Parameters<typeof pinThread>[0]): Pin {
  const pin = pinThread(choice);
  if (!pin.available) throw new Error(pin.reason);
  return pin.value;
}

describe('pinThread()', () => {
  test('binds this thread to a CPU and gives it back what it had', () => {
    const before = allowed();
    for (const cpu of [before[0], before.at(-1)] as number[]) {
      const pin = pinned(cpu);
      expect(pin).toMatchObject({ cpu, rule: 'it was asked for' });
      expect(allowed()).toEqual([cpu]);
      realTime.run(1e6);
      expect(currentCpu()).toMatchObject({ value: cpu });
      pin.restore();
      expect(allowed()).toEqual(before);
    }
  });

  test('finds a CPU by itself', () => {
    const before = allowed();
    {
      using pin = pinned('auto');
      expect(before).toContain(pin.cpu);
      expect(pin.rule).toMatch(/least busy and stolen/);
      expect(allowed()).toEqual([pin.cpu]);
    }
    expect(allowed()).toEqual(before);
  });

  test('leaves the thread alone when told to', () => {
    expect(pinThread('none')).toEqual(unavailable('pinning was not asked for'));
  });

  test('names the CPUs that there are when asked for another', () => {
    const files = systemFiles(
      machineRoot({
        '/proc/thread-self/status': 'Cpus_allowed_list:\t0-2,5\n',
        '/sys/devices/system/cpu/online': '0-1,5\n',
      }),
    );
    for (const cpu of [2, 7, -1, 0.5]) {
      expect(() => pinThread(cpu, files)).toThrow(
        expect.objectContaining({
          code: 'usage',
          message: `Cannot pin to CPU ${cpu}: it is not online or not allowed to this process`,
          hint: 'CPUs 0-1,5 are',
        }),
      );
    }
    expect(() => pinThread(7, files)).toThrow(GuestmarkError);
  });

  test('gives a reason where the CPUs are not known', () => {
    expect(pinThread('auto', systemFiles(machineRoot({})))).toMatchObject({ available: false });
  });
});
