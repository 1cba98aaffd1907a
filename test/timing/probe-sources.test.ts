import { describe, expect, test } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { systemFiles } from '../../src/base/system-files.ts';
import { fact } from '../../src/timing/fact.ts';
import { describeDiscipline, probeSources } from '../../src/timing/probe-sources.ts';
import { openThreadSwitchRing } from '../../src/timing/switch-ring.ts';
import { machineRoot } from './machine-fixture.ts';

describe('probeSources()', () => {
  test('describes the sources of a recorded machine that are files', () => {
    const root = machineRoot({
      '/proc/self/cgroup': '0::/\n',
      '/proc/self/mountinfo': '32 31 0:29 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n',
      '/sys/fs/cgroup/cpu.stat': 'usage_usec 9\nthrottled_usec 7\n',
      '/sys/fs/cgroup/cgroup.type': 'domain\n',
      '/proc/sched_debug': 'cpu#0\n  .clock : 10.000000\n  .clock_task : 9.000000\n',
    });
    expect(probeSources(systemFiles(root), root)).toEqual({
      switchRecords: unavailable('not part of a recorded machine'),
      throttling: fact('1 group of v2, further ones are not visible', '/sys/fs/cgroup/cpu.stat'),
      preciseSteal: {
        available: true,
        value: expect.stringMatching(/^debugfs: as charged, \d+ µs a reading$/),
        source: '/proc/sched_debug',
      },
      clockDiscipline: unavailable('not part of a recorded machine'),
    });
  });

  test('says of this machine what opening the sources says', () => {
    const sources = probeSources(systemFiles(), '/');
    const ring = openThreadSwitchRing();
    if (ring.available) ring.value[Symbol.dispose]();
    expect(sources.switchRecords.available).toBe(ring.available);
    for (const source of Object.values(sources)) {
      expect(source.available ? source.source : source.reason).toMatch(/\S/);
    }
  });
});

test('describeDiscipline() puts the rate and the state in words', () => {
  const discipline = { frequencyPpm: -12.34, tickPpm: 0, slewPpm: 0, synchronised: true };
  expect(describeDiscipline(available(discipline))).toEqual(fact('-12.3 ppm, synchronised', 'adjtimex'));
  expect(describeDiscipline(available({ ...discipline, slewPpm: 500, synchronised: false }))).toMatchObject({
    value: '-12.3 ppm and up to 500.0 ppm of phase, not synchronised',
  });
  expect(describeDiscipline(unavailable('no koffi'))).toEqual(unavailable('no koffi'));
});
