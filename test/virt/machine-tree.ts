// Machines as tables in memory: files, links, variables. A folder is whatever lies above a file.
import { type Available, available, unavailable } from '../../src/base/availability.ts';
import type { SystemFiles } from '../../src/base/system-files.ts';
import type { Machine } from '../../src/virt/machine.ts';

/** What a test says of a machine; the rest is missing. */
export interface MachineTree extends Partial<Pick<Machine, 'variables' | 'architecture' | 'cpuid' | 'live'>> {
  readonly files?: Readonly<Record<string, string>>;
  readonly links?: Readonly<Record<string, string>>;
}

/** A machine that is not this one. */
export function machineOf({ files = {}, links = {}, ...rest }: MachineTree): Machine {
  return {
    files: filesOf(files, links),
    root: '/no such machine',
    live: false,
    cpuid: unavailable('CPUID: not in the recording'),
    architecture: 'x64',
    variables: {},
    driverMode: () => unavailable('no driver'),
    ...rest,
  };
}

function filesOf(
  files: Readonly<Record<string, string>>,
  links: Readonly<Record<string, string>>,
): SystemFiles {
  const names = [...Object.keys(files), ...Object.keys(links)];
  const below = (path: string): readonly string[] =>
    names.filter((name) => name.startsWith(`${path}/`)).map((name) => name.slice(path.length + 1));
  const entry = (table: Readonly<Record<string, string>>, path: string): Available<string> =>
    Object.hasOwn(table, path)
      ? available(table[path] as string)
      : unavailable(`${path}: ${below(path).length > 0 ? 'EISDIR' : 'ENOENT'}`);
  return {
    read: (path) => entry(files, path),
    link: (path) => entry(links, path),
    list: (path) => {
      const inside = [...new Set(below(path).map((name) => name.split('/')[0] as string))].sort();
      return inside.length > 0 ? available(inside) : unavailable(`${path}: ENOENT`);
    },
  };
}

/** The kernel's first namespaces. */
const FIRST = {
  pid: 4026531836,
  uts: 4026531838,
  ipc: 4026531839,
  user: 4026531837,
  cgroup: 4026531835,
  time: 4026531834,
  net: 4026531833,
  mnt: 4026531832,
} as const;

/** Links of /proc/self/ns: the first namespaces, but for those named, which are a container's own. */
export function namespaceLinks(...own: readonly (keyof typeof FIRST)[]): Readonly<Record<string, string>> {
  const names = Object.keys(FIRST) as (keyof typeof FIRST)[];
  return Object.fromEntries(
    names.map((name, at) => [
      `/proc/self/ns/${name}`,
      `${name}:[${own.includes(name) ? 4026532500 + at : FIRST[name]}]`,
    ]),
  );
}

/** Files of any recent machine, outside of containers. */
export const NEW_KERNEL = { '/proc/sys/kernel/osrelease': '6.18.1\n', '/proc/2/comm': 'kthreadd\n' };
/** The same before net and mnt had fixed inodes. */
export const OLD_KERNEL = { '/proc/sys/kernel/osrelease': '6.1.0-28-amd64\n', '/proc/2/comm': 'kthreadd\n' };
