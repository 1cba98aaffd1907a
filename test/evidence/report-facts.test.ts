import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { reportFacts } from '../../src/evidence/report-facts.ts';
import type { Report } from '../../src/report/report.ts';
import { deviceInfo } from '../report/sample-device.ts';
import { sampleReport } from '../report/sample-report.ts';

const facts = (changes: Partial<Report> = {}): ReturnType<typeof reportFacts> =>
  reportFacts(sampleReport(changes), 'a.json');
const command = sampleReport().command;

describe('reportFacts()', () => {
  it('says where it was measured, with what and how', () => {
    expect(facts()).toMatchObject({
      path: 'a.json',
      producer: 'guestmark',
      toolVersion: '0.1.0',
      startedAt: available('2026-01-02T03:04:05.000Z'),
      status: 'complete',
      hostname: available('guest-1'),
      software: false,
      binding: available('auto: koffi'),
      tier: available('A'),
      linuxRelease: available('6.1.0'),
      cpuCount: 2,
      processStartsMs: [Date.UTC(2026, 0, 2, 3, 4, 5)],
    });
  });

  it('names the bindings that were used', () => {
    const binding = (timedCalls: Record<string, 'nvk' | 'koffi'>, requested: 'auto' | 'nvk' = 'auto') =>
      facts({
        binding: available({
          ...{ requested, timedCalls, library: 'libvulkan.so.1', note: null },
          emptySubmitCpuNs: unavailable('not measured'),
        }),
      }).binding;
    expect(binding({ vkQueueSubmit: 'koffi', vkCreateBuffer: 'nvk' })).toEqual(
      available('auto: nvk and koffi'),
    );
    expect(binding({ vkQueueSubmit: 'nvk' }, 'nvk')).toEqual(available('nvk'));
    expect(binding({})).toEqual(available('auto'));
  });

  it('has what changes times as settings, driver variables under any name', () => {
    const system = sampleReport().system;
    const driverVariables = JSON.parse('{"LP_NUM_THREADS":"2","__proto__":"x","wait":"y"}') as Record<
      string,
      string
    >;
    const { settings } = facts({
      command: { ...command, pin: 1, validate: true, wait: 'spin', robustBufferAccess: true },
      system: { ...system, driverVariables },
    });
    expect(settings).toMatchObject({
      ...{ LP_NUM_THREADS: '2', wait: 'spin', pin: '1', ledger: 'on', validate: 'on', counters: 'quiet' },
      ...{ robustBufferAccess: 'on', queueFamily: '0', stalls: 'off' },
    });
    expect(Object.hasOwn(settings, '__proto__')).toBe(true);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it('says why there is no end, and how a driver is called that does not describe itself', () => {
    const device = deviceInfo();
    const nameless = {
      ...device.driver,
      name: unavailable('no extension'),
      info: unavailable('no extension'),
      version: 7,
    };
    const { finishedAt, driver, status } = facts({
      ...{ status: 'partial', statusReason: 'interrupted', finishedAt: null },
      device: available({ ...device, driver: nameless }),
    });
    expect(finishedAt).toEqual(unavailable('the run had not ended: interrupted'));
    expect([driver, status]).toEqual([available('version 7'), 'partial']);
  });

  it('tells no hypervisor from one that an older report does not name', () => {
    const machine = unavailable('the report is older than this field');
    const { system } = sampleReport();
    const older = (hypervisorPresent: Report['system']['hypervisorPresent']): unknown =>
      facts({ machine, system: { ...system, hypervisorPresent } }).hypervisor;
    expect(older(available(false))).toEqual(available('none'));
    expect(older(available(true))).toMatchObject({
      reason: expect.stringMatching(/there is one, and which/),
    });
    expect(older(unavailable('no CPUID'))).toEqual(machine);
  });

  it('does not make up a limit of power', () => {
    expect(facts().powerLimitWatts).toEqual(unavailable('the report does not tell it'));
    const software = facts({ device: available({ ...deviceInfo(), software: true }) });
    expect(software.powerLimitWatts.available).toBe(false);
    expect(software.software).toBe(true);
  });

  it('leaves out starts of processes that are no dates', () => {
    const [process] = sampleReport().processes;
    if (process === undefined) throw new Error('the sample has a process');
    expect(facts({ processes: [{ ...process, startedAt: 'yesterday' }] }).processStartsMs).toEqual([]);
  });
});
