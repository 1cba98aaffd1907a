// The namespaces of processes, as links of /proc shows them, and the kernels that number them, for tests of containers.

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
