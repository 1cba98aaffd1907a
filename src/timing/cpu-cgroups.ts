// The control groups that count or limit what this process uses: its own and every ancestor that its mounts show.
// Text in, folders out; what stands in the folders is the business of throttling.ts, cpu-steal-precise.ts and src/virt.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';

/** The folders of one hierarchy. */
export interface Cgroups {
  readonly version: 'v1' | 'v2';
  /** From the process's own group to the outermost that is mounted. */
  readonly folders: readonly string[];
}

const MEMBERSHIP = '/proc/self/cgroup';
const MOUNTS = '/proc/self/mountinfo';

/** Managers nest a dozen groups; what lies deeper than this is made up, and every level costs several files. */
const MOST_LEVELS = 128;

/** The controllers of version 1: `cpu` sets quotas, `cpuacct` counts. In version 2 there is one hierarchy for all. */
export type CgroupController = 'cpu' | 'cpuacct' | 'memory';

/** Finds the folders, or says why there are none. A hierarchy of version 1 with the controller goes first. */
export function findCgroups(files: SystemFiles, controller: CgroupController): Available<Cgroups> {
  const membership = files.read(MEMBERSHIP);
  if (!membership.available) return membership;
  const mounts = files.read(MOUNTS);
  if (!mounts.available) return mounts;
  return resolveCgroups(membership.value, mounts.value, controller);
}

/**
 * Places the process's group below its mount.
 *
 * @param membership The text of /proc/self/cgroup.
 * @param mountinfo The text of /proc/self/mountinfo.
 */
export function resolveCgroups(
  membership: string,
  mountinfo: string,
  controller: CgroupController = 'cpu',
): Available<Cgroups> {
  const member = memberOf(membership, controller);
  if (member === undefined) return unavailable(`${MEMBERSHIP}: no group of the controller ${controller}`);
  const { version, path } = member;
  if (path.split('/', MOST_LEVELS + 1).length > MOST_LEVELS)
    return unavailable(`${MEMBERSHIP}: the group lies more than ${MOST_LEVELS} levels deep`);
  const mounts = parseMounts(mountinfo, controller).filter((mount) => mount.version === version);
  if (mounts.length === 0) return unavailable(`${MOUNTS}: the hierarchy of ${MEMBERSHIP} is not mounted`);
  for (const { root, point } of mounts) {
    const below = pathBelow(root, path);
    if (below !== undefined) return available({ version, folders: upwards(point, below) });
  }
  return unavailable(`${MEMBERSHIP}: the group ${path} is outside of what is mounted here`);
}

interface Membership {
  readonly version: 'v1' | 'v2';
  readonly path: string;
}

/** `4:cpu,cpuacct:/path` of version 1, `0::/path` of version 2; a path may contain colons. */
function memberOf(membership: string, controller: CgroupController): Membership | undefined {
  const lines = membership.split('\n').map((line) => /^\d+:([^:]*):(\/.*)$/.exec(line));
  const v1 = lines.find((match) => match?.[1]?.split(',').includes(controller));
  if (v1?.[2] !== undefined) return { version: 'v1', path: v1[2] };
  const v2 = lines.find((match) => match?.[1] === '');
  return v2?.[2] === undefined ? undefined : { version: 'v2', path: v2[2] };
}

interface CgroupMount {
  readonly version: 'v1' | 'v2';
  /** The group that is mounted: `/` for the whole hierarchy. */
  readonly root: string;
  readonly point: string;
}

/** `32 31 0:29 /root /point options [fields…] - cgroup cgroup rw,cpu,cpuacct`. */
function parseMounts(mountinfo: string, controller: CgroupController): readonly CgroupMount[] {
  return mountinfo.split('\n').flatMap((line): readonly CgroupMount[] => {
    const [before = '', after = ''] = line.split(' - ');
    const [, , , root, point] = before.split(' ');
    const [type, , options = ''] = after.split(' ');
    if (root === undefined || point === undefined) return [];
    const mount = { root: plainPath(root), point: plainPath(point) };
    if (type === 'cgroup2') return [{ version: 'v2', ...mount }];
    const hasController = type === 'cgroup' && options.split(',').includes(controller);
    return hasController ? [{ version: 'v1', ...mount }] : [];
  });
}

/** The kernel writes a space as `\040`. */
function plainPath(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

/** The parts of `path` below `root`; undefined where it is elsewhere, such as `/../x` seen from a namespace. */
function pathBelow(root: string, path: string): readonly string[] | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  const above = root.split('/').filter((part) => part !== '');
  const isBelow = above.every((part, index) => parts[index] === part) && !parts.includes('..');
  return isBelow ? parts.slice(above.length) : undefined;
}

function upwards(point: string, parts: readonly string[]): readonly string[] {
  return Array.from({ length: parts.length + 1 }, (_, up) =>
    [point, ...parts.slice(0, parts.length - up)].join('/'),
  );
}

/**
 * Only the true root has `release_agent` (version 1), and only it lacks `cgroup.type` (version 2): elsewhere there are groups
 * further out that are not visible.
 *
 * @param names What lies in the outermost folder that is mounted.
 */
export function isHierarchyRoot(names: Available<readonly string[]>): boolean {
  if (!names.available) return false;
  return (
    names.value.includes('release_agent') || !names.value.some((name) => /^(cgroup.type|tasks)$/.test(name))
  );
}
