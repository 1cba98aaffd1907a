import { describe, expect, test } from 'vitest';
import { readNamespaces, seesKernelThreads } from '../../src/virt/namespaces.ts';
import { NEW_KERNEL, namespaceLinks, OLD_KERNEL } from './kernel-namespaces.ts';
import { tableMachine } from './table-machine.ts';

function initialOf(files: Record<string, string>, links: Record<string, string>) {
  const found = readNamespaces(tableMachine({ files, links }).files);
  if (!found.available) throw new Error(found.reason);
  return Object.fromEntries(found.value.map(({ name, initial }) => [name, initial]));
}

describe('readNamespaces()', () => {
  test('knows the first namespaces by their inodes', () => {
    const all = initialOf(NEW_KERNEL, namespaceLinks());
    expect(Object.keys(all)).toEqual(['pid', 'uts', 'ipc', 'user', 'cgroup', 'time', 'net', 'mnt']);
    expect(Object.values(all).every((initial) => initial === true)).toBe(true);
  });

  test('tells those of a container', () => {
    expect(initialOf(NEW_KERNEL, namespaceLinks('pid', 'mnt', 'net'))).toMatchObject({
      pid: false,
      uts: true,
      mnt: false,
      net: false,
    });
  });

  test.each(['6.17.9', '5.15.0', 'garbage', ''])('cannot tell mnt and net on kernel "%s"', (osrelease) => {
    const files = { '/proc/sys/kernel/osrelease': osrelease };
    expect(initialOf(files, namespaceLinks('uts', 'mnt', 'net'))).toMatchObject({
      uts: false,
      mnt: null,
      net: null,
    });
  });

  test('compares them with those of PID 1 where root may, in the first pid namespace only', () => {
    const own = namespaceLinks('mnt', 'net');
    const pid1 = {
      '/proc/1/ns/mnt': own['/proc/self/ns/mnt'] as string,
      '/proc/1/ns/net': 'net:[4026531840]',
    };
    expect(initialOf(OLD_KERNEL, { ...own, ...pid1 })).toMatchObject({ mnt: true, net: false });
    const inner = { ...namespaceLinks('pid', 'mnt', 'net'), ...pid1 };
    expect(initialOf(OLD_KERNEL, inner)).toMatchObject({ mnt: null, net: null });
  });

  test('leaves out what the kernel lacks and what is no namespace', () => {
    const links = {
      '/proc/self/ns/pid': 'pid:[4026531836]',
      '/proc/self/ns/uts': '/etc/passwd',
      '/proc/self/ns/ipc': 'pid:[4026531839]',
      '/proc/self/ns/user': `user:[${'9'.repeat(400)}]`,
    };
    expect(initialOf(OLD_KERNEL, links)).toEqual({ pid: true });
    expect(readNamespaces(tableMachine({}).files)).toEqual({
      available: false,
      reason: '/proc/self/ns: no namespace can be read',
    });
  });
});

test.each([
  ['kthreadd\n', true],
  ['bash\n', false],
])('seesKernelThreads() by the name of PID 2: %j', (comm, expected) => {
  expect(seesKernelThreads(tableMachine({ files: { '/proc/2/comm': comm } }).files)).toBe(expected);
  expect(seesKernelThreads(tableMachine({}).files)).toBeNull();
});
