// The namespaces of this process, compared with the kernel's first ones: the proof of what claims to be a container. The first
// of most kinds have fixed inodes, so that an unprivileged process can tell. Knows nothing of containers.
import { unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import { certain, type Finding } from './finding.ts';
import type { NamespaceInfo } from './system-info.ts';

/** How the kernel numbers the first namespace of a kind. */
interface Kind {
  readonly name: string;
  /** PROC_IPC_INIT_INO and so on of include/linux/proc_ns.h, enum init_ns_ino of include/uapi/linux/nsfs.h. */
  readonly inode: number;
  /** The first release with the fixed number, where that is younger than the namespace: before, any number can be the first. */
  readonly since?: readonly [major: number, minor: number];
}

const KINDS: readonly Kind[] = [
  { name: 'pid', inode: 0xef_ff_ff_fc },
  { name: 'uts', inode: 0xef_ff_ff_fe },
  { name: 'ipc', inode: 0xef_ff_ff_ff },
  { name: 'user', inode: 0xef_ff_ff_fd },
  { name: 'cgroup', inode: 0xef_ff_ff_fb },
  { name: 'time', inode: 0xef_ff_ff_fa },
  { name: 'net', inode: 0xef_ff_ff_f9, since: [6, 18] },
  { name: 'mnt', inode: 0xef_ff_ff_f8, since: [6, 18] },
];

const FOLDER = '/proc/self/ns';
const RELEASE = '/proc/sys/kernel/osrelease';

/** The namespaces that the kernel has, in a fixed order. */
export function readNamespaces(files: SystemFiles): Finding<readonly NamespaceInfo[]> {
  const release = files.read(RELEASE);
  const isSince = kernelSince(release.available ? release.value : '');
  const inodes = KINDS.map((kind) => ({ kind, inode: inodeOf(files, `${FOLDER}/${kind.name}`, kind.name) }));
  const pid = inodes.find(({ kind }) => kind.name === 'pid');
  const pidIsInitial = pid?.inode === pid?.kind.inode;
  const found = inodes.flatMap(({ kind, inode }): readonly NamespaceInfo[] => {
    if (inode === undefined) return [];
    const { name } = kind;
    if (inode === kind.inode) return [{ name, inode, initial: true }];
    const known = kind.since === undefined || isSince(kind.since);
    return [{ name, inode, initial: known ? false : asThatOfPid1(files, name, inode, pidIsInitial) }];
  });
  return found.length === 0
    ? unavailable(`${FOLDER}: no namespace can be read`)
    : certain(found, `${FOLDER}, against the inodes that the kernel gives to its first namespaces`);
}

/**
 * The first process of the machine lives in its first namespaces; PID 1 of another pid namespace says nothing. Readable for
 * root only.
 */
function asThatOfPid1(
  files: SystemFiles,
  name: string,
  inode: number,
  pidIsInitial: boolean,
): boolean | null {
  const first = pidIsInitial ? inodeOf(files, `/proc/1/ns/${name}`, name) : undefined;
  return first === undefined ? null : first === inode;
}

/** The link reads `pid:[4026531836]`. */
function inodeOf(files: SystemFiles, path: string, name: string): number | undefined {
  const target = files.link(path);
  const match = target.available ? /^([a-z]{1,16}):\[(\d{1,15})\]$/.exec(target.value) : null;
  return match?.[1] === name ? Number(match[2]) : undefined;
}

function kernelSince(release: string): (since: readonly [number, number]) => boolean {
  const match = /^(\d{1,4})\.(\d{1,4})/.exec(release);
  const [major, minor] = [Number(match?.[1]), Number(match?.[2])];
  return ([fromMajor, fromMinor]) => major > fromMajor || (major === fromMajor && minor >= fromMinor);
}

/**
 * Whether PID 2 is the kernel's own kthreadd, as it is in the first pid namespace and in no other; null where that cannot be
 * read, as under `hidepid`.
 */
export function seesKernelThreads(files: SystemFiles): boolean | null {
  const comm = files.read('/proc/2/comm');
  return comm.available ? comm.value.trim() === 'kthreadd' : null;
}
