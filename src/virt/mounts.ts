// The file systems that this process sees, as /proc/self/mountinfo lists them. What a mount means is others' business.
import { valueOrUndefined } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';

/** One mount. */
export interface Mount {
  readonly point: string;
  /** `ext4`, `overlay`, `fuse.lxcfs`. */
  readonly type: string;
}

/** Machines with many containers have some thousand mounts. */
const MOST_LINES = 10_000;

/** The mounts in the order in which they were made; none where they cannot be read. */
export function readMounts(files: SystemFiles): readonly Mount[] {
  const text = valueOrUndefined(files.read('/proc/self/mountinfo')) ?? '';
  return text.split('\n', MOST_LINES).flatMap((line): readonly Mount[] => {
    // `36 35 98:0 /root /point rw,noatime master:1 - ext3 /dev/root rw`
    const [before = '', after = ''] = line.split(' - ');
    const point = before.split(' ')[4];
    const [type = ''] = after.split(' ');
    return point === undefined || type === '' ? [] : [{ point, type }];
  });
}

/** The type of the file system at /: of several mounts there the last is seen. */
export function rootType(mounts: readonly Mount[]): string | undefined {
  return mounts.findLast(({ point }) => point === '/')?.type;
}
