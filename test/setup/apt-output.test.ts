import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { aptFailure, describeAptPlan, parseAptPlan } from '../../src/setup/apt-output.ts';

// Recorded: apt-get 2.6.1 on Debian 12, shortened.
const RECORDED = `Reading package lists...
The following NEW packages will be installed:
  libllvm15 mesa-vulkan-drivers
0 upgraded, 2 newly installed, 0 to remove and 15 not upgraded.
Need to get 31.1 MB of archives.
After this operation, 223 MB of additional disk space will be used.
'http://archive/pool/main/l/llvm-toolchain-15/libllvm15_15.0.6-4%2bb1_amd64.deb' libllvm15_1%3a15.0.6-4+b1_amd64.deb 23115156 MD5Sum:9ad0e247f9ca3c9b05b755ac14ae1f7d
'http://archive/pool/main/m/mesa/mesa-vulkan-drivers_22.3.6-1%2bdeb12u2_amd64.deb' mesa-vulkan-drivers_22.3.6-1+deb12u2_amd64.deb 8000740 MD5Sum:4a5aed85b9ea2a28f693b94542de5704
`;

describe('parseAptPlan()', () => {
  it('reads names, versions with their epoch, and exact sizes', () => {
    expect(parseAptPlan(RECORDED)).toEqual({
      packages: [
        { name: 'libllvm15', version: '1:15.0.6-4+b1', downloadBytes: 23115156 },
        { name: 'mesa-vulkan-drivers', version: '22.3.6-1+deb12u2', downloadBytes: 8000740 },
      ],
      downloadBytes: 31115896,
      diskBytes: available(223e6),
    });
  });

  it.each([
    ['After this operation, 3822 kB of additional disk space will be used.', available(3.822e6)],
    ['After this operation, 3,822 kB of additional disk space will be used.', available(3.822e6)],
    ['After this operation, 0 B of additional disk space will be used.', available(0)],
    ['After this operation, 12.5 MB disk space will be freed.', available(0)],
    ['0 upgraded, 0 newly installed', unavailable('apt-get did not say')],
  ])('reads the disk size from "%s"', (line, expected) => {
    expect(parseAptPlan(line).diskBytes).toEqual(expected);
  });
});

describe('describeAptPlan()', () => {
  it('gives the number of packages and both sizes', () => {
    expect(describeAptPlan(parseAptPlan(RECORDED))).toBe('2 packages, 29.7 MiB to download, 213 MiB on disk');
  });

  it('leaves out a disk size that is not known', () => {
    const plan = { ...parseAptPlan(RECORDED), diskBytes: unavailable('apt-get did not say') };
    expect(describeAptPlan(plan)).toBe('2 packages, 29.7 MiB to download');
  });
});

describe('aptFailure()', () => {
  it('names the source that could not be reached before the packages missing for want of it', () => {
    const update =
      "W: Failed to fetch http://archive/InRelease  Temporary failure resolving 'archive'\nW: Some index files failed.";
    expect(aptFailure(update, 'E: Unable to locate package libvulkan1\n')).toBe(
      "Failed to fetch http://archive/InRelease  Temporary failure resolving 'archive'",
    );
  });

  it('names the first error', () => {
    expect(aptFailure('', 'W: a warning\nE: dpkg was interrupted.\nE: more\n')).toBe('dpkg was interrupted');
  });

  it('falls back on the last line, and says so when there is none', () => {
    expect(aptFailure('one\ntwo\n\n')).toBe('two');
    expect(aptFailure('', '')).toBe('apt-get said nothing');
  });
});
