// The real calls, into a library compiled here that implements the interface of VMware's guest library.
import koffi from 'koffi';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CounterSource } from '../../src/counters/counter.ts';
import { counterChanges } from '../../src/counters/counter-change.ts';
import { openVmwareGuestSdk } from '../../src/counters/vmware-guest-sdk.ts';
import { hasCompiler, libraryFolder } from '../fixtures/compiled-library.ts';
import { contextOf } from './machines.ts';

const MB = 2 ** 20;
/** Whatever the hypervisor: a library that is named is loaded. */
const context = contextOf({});

function opened(library: string): CounterSource {
  const source = openVmwareGuestSdk(context, library);
  if (!source.available) throw new Error(source.reason);
  return source.value;
}

/** Values or reasons by the names of counters without that of the group. */
function told(source: CounterSource): Record<string, number | string> {
  return Object.fromEntries(
    [...source.read()].map(([name, read]) => [
      name.replace('vmware-guest-sdk:', ''),
      read.available ? read.value : read.reason,
    ]),
  );
}

describe.skipIf(!hasCompiler('vmware-guest-sdk'))('with a library', () => {
  const folder = libraryFolder('counters/guest-sdk.c');
  const [libraries, change] = [
    { today: '', old: '' },
    { move: (): void => {}, fail: (_code: number): void => {} },
  ];
  let openHandles = (): number => -1;
  beforeAll(() => {
    libraries.today = folder.build('today.so');
    libraries.old = folder.build('old.so', 'OLD_HOST');
    const library = koffi.load(libraries.today);
    change.move = library.func('void test_move()') as unknown as typeof change.move;
    change.fail = library.func('void test_failUpdates(int code)') as unknown as typeof change.fail;
    openHandles = library.func('int test_openHandles()') as unknown as typeof openHandles;
  });
  afterAll(() => folder[Symbol.dispose]());

  it('gives all values of guest and host in our units', () => {
    using source = opened(libraries.today);
    expect(source.slow).toBe(false);
    // Opening took the first values, this reading the second.
    expect(told(source)).toEqual({
      'cpu:stolen': 1010e6,
      'cpu:used': 7040e6,
      elapsed: 5_000_000_200e6,
      'cpu:reservation': 1.2e9,
      'cpu:limit': 4.2e9,
      'cpu:shares': 4000,
      'host:cpu-speed': 2.6e9,
      'memory:reservation': 101 * MB,
      'memory:limit': 16_384 * MB,
      'memory:shares': 81_920,
      'memory:mapped': 102 * MB,
      'memory:active': 103 * MB,
      'memory:overhead': 104 * MB,
      'memory:ballooned': 105 * MB,
      'memory:swapped': 106 * MB,
      'memory:shared': 107 * MB,
      'memory:shared-saved': 108 * MB,
      'memory:used': 109 * MB,
      'memory:target-size': 6_000_000_000 * MB,
      'host:cpu-cores': 64,
      'host:cpu-used': 987_654_321_098e6,
      'host:memory:swapped': 201 * MB,
      'host:memory:shared': 202 * MB,
      'host:memory:used': 203 * MB,
      'host:memory:physical': 6_442_450_944 * MB,
      'host:memory:free': 204 * MB,
      'host:memory:kernel-overhead': 205 * MB,
      'host:memory:mapped': 206 * MB,
      'host:memory:unmapped': 207 * MB,
    });
  });

  it('tells counts from states, and by what steps they move', () => {
    using source = opened(libraries.today);
    const counts = source.counters.filter(({ kind }) => kind === 'count');
    expect(counts.map(({ name, unit, step }) => [name, unit, step])).toEqual([
      ['vmware-guest-sdk:cpu:stolen', 'ns', 1e6],
      ['vmware-guest-sdk:cpu:used', 'ns', 1e6],
      ['vmware-guest-sdk:elapsed', 'ns', 1e6],
      ['vmware-guest-sdk:host:cpu-used', 'ns', 1e6],
    ]);
    const changes = counterChanges(counts, source.read(), source.read());
    expect(changes.map(({ change: moved }) => moved)).toEqual(
      [5e6, 20e6, 100e6, 0].map((value) => ({ available: true, value })),
    );
  });

  it('gives the words of the library for what an old host lacks, and never 0', () => {
    using source = opened(libraries.old);
    expect(told(source)).toMatchObject({
      'cpu:stolen': 'VMGuestLib_GetCpuStolenMs: VMware Guest API version is not supported (10)',
      'memory:target-size': 'VMGuestLib_GetMemTargetSizeMB: VMware Guest API version is not supported (10)',
      'memory:shares': 'VMGuestLib_GetMemShares: This value is not available on this host (4)',
      'cpu:limit': 'no limit is set',
      'memory:limit': 'no limit is set',
      'host:cpu-cores': 'this libvmGuestLib has no VMGuestLib_GetHostNumCpuCores',
      'cpu:used': 7040e6,
    });
  });

  it('takes no count of one session for that of another, and states as they are', () => {
    using source = opened(libraries.today);
    const before = source.read();
    change.move();
    const [after, later] = [source.read(), source.read()];
    const reason = expect.stringMatching(/^reset: the session changed/);
    for (const moved of [after, later]) {
      const [stolen, , , reservation] = counterChanges(source.counters, before, moved);
      expect(stolen).toMatchObject({ change: { available: false, reason } });
      expect(reservation).toMatchObject({ change: { available: true, value: 1.2e9 } });
    }
    // What is opened now counts within the new session.
    using again = opened(libraries.today);
    expect(told(again)['cpu:stolen']).toBeTypeOf('number');
  });

  it('says why the host does not answer, and closes what it opened', () => {
    const before = openHandles();
    change.fail(3);
    const reason = 'VMGuestLib_UpdateInfo: VMware Guest API is not enabled on the host (3)';
    expect(openVmwareGuestSdk(context, libraries.today)).toEqual({ available: false, reason });
    change.fail(0);
    {
      using source = opened(libraries.today);
      change.fail(3);
      expect(new Set(Object.values(told(source)))).toEqual(new Set([reason]));
      change.fail(0);
    }
    expect(openHandles()).toBe(before);
  });
});

describe('openVmwareGuestSdk()', () => {
  it('says why there is no library', () => {
    // Not by its usual names: where open-vm-tools is installed and this is not VMware, its calls would end the test.
    expect(openVmwareGuestSdk(context, '/nowhere/libvmGuestLib.so')).toMatchObject({
      reason: expect.stringMatching(
        /^VMware's guest library, which open-vm-tools brings: \/nowhere\/libvmGuestLib\.so: \w/,
      ),
    });
  });

  it('loads none where CPUID does not say VMware', () => {
    const other = 'the hypervisor is not VMware by CPUID (leaf 0x40000000)';
    expect(openVmwareGuestSdk(contextOf({ hypervisor: 'KVMKVMKVM' }))).toMatchObject({ reason: other });
    expect(openVmwareGuestSdk(contextOf({}))).toMatchObject({
      reason: 'CPUID knows no hypervisor here, and so not VMware',
    });
    expect(openVmwareGuestSdk(contextOf({ hypervisor: 'VMwareVMware', live: false }))).toMatchObject({
      reason: 'it answers on this machine only, not for a recorded one',
    });
  });
});
