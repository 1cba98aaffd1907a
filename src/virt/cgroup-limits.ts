// What control groups allow this process: the tightest CPU quota and memory limit of its own group and all further out, and how
// often the quota cut it off. To a user throttling looks like steal. Which groups these are, timing knows.
import { unavailable, valueOrUndefined } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import { type Cgroups, findCgroups, isHierarchyRoot } from '../timing/cpu-cgroups.ts';
import { certain, type Finding } from './finding.ts';
import { readMemTotal } from './memory-total.ts';
import { plainly } from './read-finding.ts';
import type { ContainerInfo } from './system-info.ts';

type Limits = Pick<ContainerInfo, 'cpuQuota' | 'throttledNs' | 'throttledPeriods' | 'memoryLimitBytes'>;

/** The limits that are in force now. */
export function readCgroupLimits(files: SystemFiles): Limits {
  const cpu = findCgroups(files, 'cpu');
  const memory = findCgroups(files, 'memory');
  const of = (groups: typeof cpu, find: (groups: Cgroups) => Finding<number>): Finding<number> =>
    plainly(groups.available ? find(groups.value) : groups);
  return {
    cpuQuota: of(cpu, (groups) => cpuQuota(files, groups)),
    throttledNs: of(cpu, (groups) => throttled(files, groups, THROTTLED_TIME[groups.version])),
    throttledPeriods: of(cpu, (groups) => throttled(files, groups, THROTTLED_PERIODS)),
    memoryLimitBytes: of(memory, (groups) => memoryLimit(files, groups)),
  };
}

/** A limit of one group. */
interface Limit {
  readonly value: number;
  readonly source: string;
}

/** The least of what the groups say, or that there is none. */
function tightest(
  { folders }: Cgroups,
  limitOf: (folder: string) => Limit | undefined,
  none: string,
): Finding<number> {
  const limits = folders.map(limitOf).filter((limit) => limit !== undefined);
  const [least] = limits.sort((a, b) => a.value - b.value);
  return least === undefined ? unavailable(none) : certain(least.value, least.source);
}

function cpuQuota(files: SystemFiles, groups: Cgroups): Finding<number> {
  const limitOf = groups.version === 'v2' ? cpuMax : cfsQuota;
  return tightest(groups, (folder) => limitOf(files, folder), `${notLimited(files, groups)} has a CPU quota`);
}

/** In a container the groups further out are not visible. */
function notLimited(files: SystemFiles, { folders }: Cgroups): string {
  const seesAll = isHierarchyRoot(files.list(folders.at(-1) as string));
  return `no control group of this process${seesAll ? '' : ' that is visible from here'}`;
}

/** `cpu.max` of version 2: `150000 100000`, quota and period in µs, or `max 100000`. */
function cpuMax(files: SystemFiles, folder: string): Limit | undefined {
  const path = `${folder}/cpu.max`;
  const match = /^(\d{1,15}) (\d{1,15})$/.exec(trimmed(files, path));
  return match === null ? undefined : quotaLimit(path, Number(match[1]), Number(match[2]));
}

/** Version 1: µs in two files, a quota of -1 is none. */
function cfsQuota(files: SystemFiles, folder: string): Limit | undefined {
  const path = `${folder}/cpu.cfs_quota_us`;
  const quota = /^\d{1,15}$/.exec(trimmed(files, path))?.[0];
  const period = /^\d{1,15}$/.exec(trimmed(files, `${folder}/cpu.cfs_period_us`))?.[0];
  return quota === undefined || period === undefined
    ? undefined
    : quotaLimit(path, Number(quota), Number(period));
}

function quotaLimit(path: string, quotaUs: number, periodUs: number): Limit | undefined {
  return quotaUs > 0 && periodUs > 0
    ? { value: quotaUs / periodUs, source: `${path}: ${quotaUs} µs of every ${periodUs} µs` }
    : undefined;
}

/** Keys of cpu.stat, with what makes ns of them. */
const THROTTLED_TIME = {
  v1: { key: 'throttled_time', scale: 1 },
  v2: { key: 'throttled_usec', scale: 1000 },
} as const;
const THROTTLED_PERIODS = { key: 'nr_throttled', scale: 1 };

/** The sum over the groups. The root, and groups without the controller, lack the key: nothing can throttle them. */
function throttled(
  files: SystemFiles,
  groups: Cgroups,
  { key, scale }: { readonly key: string; readonly scale: number },
): Finding<number> {
  const counted = groups.folders.flatMap((folder): readonly Limit[] => {
    const path = `${folder}/cpu.stat`;
    const text = valueOrUndefined(files.read(path)) ?? '';
    const count = new RegExp(`^${key} (\\d{1,19})$`, 'm').exec(text)?.[1];
    return count === undefined ? [] : [{ value: scale * Number(count), source: path }];
  });
  if (counted.length === 0) return unavailable(`${notLimited(files, groups)} counts ${key}`);
  const sum = counted.reduce((total, { value }) => total + value, 0);
  const further = counted.length === 1 ? '' : ` and of ${counted.length - 1} further out`;
  return certain(sum, `${counted[0]?.source}${further}: ${key}`);
}

/** What version 1 writes where nothing is limited: the largest count of pages, 0x7ffffffffffff000 with those of 4 KiB. */
const UNLIMITED_BYTES = 2 ** 62;

function memoryLimit(files: SystemFiles, groups: Cgroups): Finding<number> {
  const name = groups.version === 'v2' ? 'memory.max' : 'memory.limit_in_bytes';
  const total = readMemTotal(files);
  const mostBytes = total.available ? total.value : UNLIMITED_BYTES;
  const limitOf = (folder: string): Limit | undefined => {
    const source = `${folder}/${name}`;
    const bytes = /^\d{1,19}$/.exec(trimmed(files, source))?.[0];
    const value = Number(bytes);
    return bytes !== undefined && value < mostBytes ? { value, source } : undefined;
  };
  return tightest(groups, limitOf, `${notLimited(files, groups)} limits memory below what the machine has`);
}

function trimmed(files: SystemFiles, path: string): string {
  return (valueOrUndefined(files.read(path)) ?? '').slice(0, 64).trim();
}
