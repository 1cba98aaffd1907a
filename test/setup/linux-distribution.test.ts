import { describe, expect, it } from 'vitest';
import { driverCommand, machineKey, parseOsRelease } from '../../src/setup/linux-distribution.ts';

const OS_RELEASE: Readonly<Record<string, string>> = {
  debian:
    'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\nID=debian\n',
  ubuntu: 'NAME="Ubuntu"\nVERSION_ID="24.04"\nID=ubuntu\nID_LIKE=debian\n',
  mint: 'ID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_ID="22"\n',
  fedora: 'ID=fedora\nVERSION_ID=41\n',
  rocky: 'ID="rocky"\nID_LIKE="rhel centos fedora"\nVERSION_ID="9.4"\n',
  arch: 'NAME="Arch Linux"\nID=arch\nBUILD_ID=rolling\n',
  alpine: "ID=alpine\nVERSION_ID='3.20.1'\n",
  tumbleweed: 'ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\nVERSION_ID="20240101"\n',
  unknown: '# nothing of use\n',
};
const parse = (name: string) => parseOsRelease(OS_RELEASE[name] ?? '');

describe('parseOsRelease()', () => {
  it('reads plain, double-quoted and single-quoted values', () => {
    expect(parse('fedora')).toEqual({ id: 'fedora', version: '41', like: [] });
    expect(parse('rocky')).toEqual({ id: 'rocky', version: '9.4', like: ['rhel', 'centos', 'fedora'] });
    expect(parse('alpine').version).toBe('3.20.1');
  });

  it('knows a system that says nothing as linux', () => {
    expect(parse('unknown')).toEqual({ id: 'linux', version: '', like: [] });
  });
});

describe('driverCommand()', () => {
  it.each([
    ['debian', 'apt-get install mesa-vulkan-drivers'],
    ['ubuntu', 'apt-get install mesa-vulkan-drivers'],
    ['mint', 'apt-get install mesa-vulkan-drivers'],
    ['fedora', 'dnf install mesa-vulkan-drivers vulkan-loader'],
    ['rocky', 'dnf install mesa-vulkan-drivers vulkan-loader'],
    ['arch', 'pacman -S vulkan-swrast'],
    ['alpine', 'apk add mesa-vulkan-swrast'],
    ['tumbleweed', 'zypper install libvulkan_lvp'],
  ])('knows the command of %s, with sudo for an ordinary user', (name, start) => {
    expect(driverCommand(parse(name), true)?.startsWith(start)).toBe(true);
    expect(driverCommand(parse(name), false)?.startsWith(`sudo ${start}`)).toBe(true);
  });

  it('gives no command for a distribution it does not know', () => {
    expect(driverCommand(parse('unknown'), true)).toBeUndefined();
  });
});

describe('machineKey()', () => {
  it('tells distributions, versions and processors apart in a name fit for a folder', () => {
    expect(machineKey(parse('debian'), 'x64')).toBe('debian-12-x64');
    expect(machineKey(parse('arch'), 'arm64')).toBe('arch-arm64');
    expect(machineKey({ id: '../evil', version: '1/2', like: [] }, 'x64')).toBe('.._evil-1_2-x64');
  });
});
