import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import type { SystemFiles } from '../../src/base/system-files.ts';
import { withHiddenIds } from '../../src/virt/hidden-ids.ts';

const CONTAINER = `${'c0ffee'.repeat(10)}cafe`;
const POD = '12345678-9abc-def0-1234-56789abcdef0';

const TEXTS: Readonly<Record<string, string>> = {
  '/proc/self/cgroup': `0::/kubepods/pod${POD}/${CONTAINER}\n`,
  [`/sys/fs/cgroup/kubepods/pod${POD}/${CONTAINER}/cpu.max`]: '150000 100000\n',
  '/proc/version': `Linux (${CONTAINER})`,
};
const files: SystemFiles = {
  read: (path) =>
    Object.hasOwn(TEXTS, path) ? available(TEXTS[path] as string) : unavailable(`${path}: ENOENT`),
  list: () => available(['cpu.max', CONTAINER]),
  link: (path) => unavailable(`${path}: EINVAL`),
};

describe('withHiddenIds()', () => {
  it('shows control groups without their ids, and finds their files by what it shows', () => {
    const hidden = withHiddenIds(files);
    const group = hidden.read('/proc/self/cgroup');
    const shown = `/kubepods/pod00000000-0000-0000-0000-000000000001/${'0'.repeat(63)}2`;
    expect(group).toEqual(available(`0::${shown}\n`));
    expect(hidden.read(`/sys/fs/cgroup${shown}/cpu.max`)).toEqual(available('150000 100000\n'));
    expect(hidden.read('/proc/self/cgroup')).toEqual(group);
  });

  it('hides ids in names of groups and in reasons, and leaves other texts alone', () => {
    const hidden = withHiddenIds(files);
    const { value: group } = hidden.read('/proc/self/cgroup') as { value: string };
    const folder = `/sys/fs/cgroup${group.slice(3).trim()}`;
    expect(hidden.list('/sys/fs/cgroup/x')).toEqual(available(['cpu.max', `${'0'.repeat(63)}2`]));
    expect(hidden.read(`${folder}/memory.max`)).toEqual(unavailable(`${folder}/memory.max: ENOENT`));
    expect(hidden.read('/proc/version')).toEqual(available(TEXTS['/proc/version']));
  });
});
