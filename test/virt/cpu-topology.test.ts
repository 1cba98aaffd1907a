import { describe, expect, test } from 'vitest';
import { describeTopology } from '../../src/virt/cpu-topology.ts';
import { tableMachine } from './table-machine.ts';

const CPUS = '/sys/devices/system/cpu';

/** CPUs, each with its package and the threads of its core. */
function topology(
  online: string,
  cpus: Readonly<Record<number, readonly [number, string]>>,
  isGuest = false,
) {
  const files = Object.entries(cpus).flatMap(([cpu, [packageId, siblings]]) => [
    [`${CPUS}/cpu${cpu}/topology/physical_package_id`, `${packageId}\n`],
    [`${CPUS}/cpu${cpu}/topology/thread_siblings_list`, `${siblings}\n`],
  ]);
  const tree = { ...Object.fromEntries(files), [`${CPUS}/online`]: `${online}\n` };
  return describeTopology(tableMachine({ files: tree }).files, isGuest);
}

describe('describeTopology()', () => {
  test('counts two sockets of two cores of two threads', () => {
    const cpus = {
      0: [0, '0,4'],
      1: [0, '1,5'],
      2: [1, '2,6'],
      3: [1, '3,7'],
    } as const;
    expect(topology('0-7', { ...cpus, 4: cpus[0], 5: cpus[1], 6: cpus[2], 7: cpus[3] })).toMatchObject({
      logicalCpus: { value: 8 },
      sockets: { value: 2, confidence: 'certain' },
      coresPerSocket: { value: 2 },
      threadsPerCore: { value: 2 },
    });
  });

  test('takes the most where cores and sockets differ', () => {
    expect(topology('0-3', { 0: [0, '0-1'], 2: [0, '2'], 3: [1, '3'] })).toMatchObject({
      sockets: { value: 2 },
      coresPerSocket: { value: 2 },
      threadsPerCore: { value: 2 },
    });
  });

  test('believes a guest less, and counts only what is online', () => {
    expect(topology('0,2', { 0: [0, '0'], 2: [0, '2'] }, true)).toMatchObject({
      logicalCpus: { value: 2, confidence: 'certain' },
      coresPerSocket: { value: 2, confidence: 'likely' },
    });
  });

  test.each([
    ['0', { 0: [-1, '0'] }, /physical_package_id: -1, not known/],
    ['0-1', { 0: [0, '0'] }, /cpu1\/topology\/physical_package_id: ENOENT/],
    ['0', { 0: [0, 'x'] }, /thread_siblings_list: no list of CPUs/],
    ['0-65000', {}, /more than 8192 CPUs/],
    ['0-4294967295', {}, /no list of CPUs/],
  ] as const)('says what is missing for CPUs %s', (online, cpus, reason) => {
    expect(topology(online, cpus).sockets).toMatchObject({ reason: expect.stringMatching(reason) });
  });
});
