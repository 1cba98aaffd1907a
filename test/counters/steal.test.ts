import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { STEAL_COUNTERS } from '../../src/counters/steal.ts';
import { thisMachine } from '../../src/virt/open-machine.ts';
import { hypervisorBit, named, none } from '../timing/cpuid-fixture.ts';
import { bareMetal, hyperV } from '../timing/machine-fixture.ts';
import { machineOf, numberOf, openGroup, plain, reasonOf } from './machines.ts';

const row = (name: string, steal: number): string => `${name} 1 2 3 4 5 6 7 ${steal} 0 0\n`;
/** CPU 1 is offline: its row is missing, and the total keeps what it counted. */
const STAT = row('cpu ', 19) + row('cpu0', 4) + row('cpu2', 5);

const KVM = { ...hypervisorBit, 1073741824: named('KVMKVMKVM\0\0\0') };

test('steal has the ids of the rows, in ns, and the total of all CPUs', () => {
  const source = openGroup(STEAL_COUNTERS, machineOf({ '/proc/stat': STAT }));
  expect(plain(source.read())).toEqual({
    'steal:total': 190e6,
    'steal:cpu0': 40e6,
    'steal:cpu2': 50e6,
  });
  expect(source.counters[2]).toMatchObject({
    unit: 'ns',
    step: 1e7,
    source: '/proc/stat, row cpu2, column steal',
  });
  expect(source.counters[0]?.description).toContain('a change of 0 means none');
});

test('a CPU that goes offline, and a file that breaks, are reasons', () => {
  const machine = machineOf({ '/proc/stat': STAT });
  const source = openGroup(STEAL_COUNTERS, machine);
  writeFileSync(join(machine.root, 'proc/stat'), row('cpu2', 6));
  expect(plain(source.read())).toEqual({
    'steal:total': '/proc/stat: no row cpu',
    'steal:cpu0': '/proc/stat: the CPU is offline',
    'steal:cpu2': 60e6,
  });
  writeFileSync(join(machine.root, 'proc/stat'), 'cpu0 garbage');
  expect(plain(source.read())['steal:cpu0']).toContain('no steal column');
});

test('0 is no steal where a clock is offered, and no counter where none is', () => {
  const quiet = { '/proc/stat': row('cpu ', 0) + row('cpu0', 0) };
  const offered = { ...KVM, 1073741825: { ...none, eax: 1 << 5 } };
  expect(openGroup(STEAL_COUNTERS, machineOf(quiet, offered)).counters[0]?.description).toContain(
    'a change of 0 should mean none, though none was counted since the start: CPUID: KVM offers its steal clock',
  );
  expect(reasonOf(STEAL_COUNTERS, machineOf(quiet, KVM))).toContain('KVM does not offer its steal clock');
  expect(reasonOf(STEAL_COUNTERS, machineOf(quiet))).toMatch(/not known, and 0 would mean nothing/);
  expect(reasonOf(STEAL_COUNTERS, machineOf(bareMetal, {}))).toContain('CPUID: no hypervisor');
  const microsoft = { ...hypervisorBit, 1073741824: named('Microsoft Hv') };
  expect(reasonOf(STEAL_COUNTERS, machineOf(hyperV, microsoft))).toContain('has no steal clock');
  expect(reasonOf(STEAL_COUNTERS, machineOf({}))).toBe('/proc/stat: ENOENT');
});

test('a hostile file ends in a short reason that shows nothing odd', () => {
  const machine = machineOf({ '/proc/stat': `cpu0 1 2 3 4 5 6 7 \u001b[31m${'x'.repeat(1e6)} 0\n` });
  const reason = reasonOf(STEAL_COUNTERS, machine) ?? '';
  expect(reason).toMatch(/^\/proc\/stat: steal of CPU 0 is " \[31mxxx/);
  expect(reason.length).toBeLessThanOrEqual(200);
});

const here = STEAL_COUNTERS.open({ machine: thisMachine(), devices: [] });
if (!here.available) console.warn(`steal: the test of this machine is skipped: ${here.reason}`);

test.skipIf(!here.available)('on this machine the total is that of the CPUs, and never falls', () => {
  const source = openGroup(STEAL_COUNTERS);
  const first = source.read();
  const total = readFileSync('/proc/stat', 'utf8').split('\n')[0]?.split(/ +/)[8];
  const second = source.read();
  expect(numberOf(first, 'steal:total')).toBeLessThanOrEqual(Number(total) * 1e7);
  expect(numberOf(second, 'steal:total')).toBeGreaterThanOrEqual(Number(total) * 1e7);
  for (const { name } of source.counters) {
    expect(numberOf(second, name)).toBeGreaterThanOrEqual(numberOf(first, name));
  }
});
