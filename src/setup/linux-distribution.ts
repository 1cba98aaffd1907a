// Which Linux distribution this is (os-release(5)) and the command by which its user would install what
// is missing. Pure, besides one read.
import type { SystemFiles } from '../base/system-files.ts';

/** A distribution, by the words of its `os-release` file. */
export interface LinuxDistribution {
  /** Such as `debian`; `linux` where nothing is said. */
  readonly id: string;
  /** Such as `12`; empty for a rolling release. */
  readonly version: string;
  /** The distributions it descends from, nearest first. */
  readonly like: readonly string[];
}

/** Reads `/etc/os-release`, else `/usr/lib/os-release`. */
export function readDistribution(files: SystemFiles): LinuxDistribution {
  const found = ['/etc/os-release', '/usr/lib/os-release']
    .map((path) => files.read(path))
    .find((text) => text.available);
  return parseOsRelease(found?.available ? found.value : '');
}

/** Parses the text of an `os-release` file. */
export function parseOsRelease(text: string): LinuxDistribution {
  const fields = new Map<string, string>();
  for (const line of text.split('\n')) {
    const match = /^([A-Z_]+)=(?:"([^"]*)"|'([^']*)'|(.*))$/.exec(line.trim());
    if (match?.[1]) fields.set(match[1], match[2] ?? match[3] ?? match[4] ?? '');
  }
  return {
    id: fields.get('ID') || 'linux',
    version: fields.get('VERSION_ID') || fields.get('VERSION_CODENAME') || '',
    like: (fields.get('ID_LIKE') ?? '').split(' ').filter((id) => id !== ''),
  };
}

/** A word for folders whose content fits only machines of this distribution: `debian-12-x64`. */
export function machineKey(distribution: LinuxDistribution, arch: string = process.arch): string {
  const words = [distribution.id, distribution.version, arch].filter((word) => word !== '');
  return words.join('-').replace(/[^A-Za-z0-9._-]/g, '_');
}

const APT = 'apt-get install mesa-vulkan-drivers libvulkan1 libx11-6 libxext6';
const DNF = 'dnf install mesa-vulkan-drivers vulkan-loader libX11 libXext';
const COMMANDS: Readonly<Record<string, string>> = {
  debian: APT,
  ubuntu: APT,
  fedora: DNF,
  rhel: DNF,
  centos: DNF,
  arch: 'pacman -S vulkan-swrast vulkan-icd-loader libx11 libxext',
  alpine: 'apk add mesa-vulkan-swrast vulkan-loader libx11 libxext',
  suse: 'zypper install libvulkan_lvp libvulkan1 libX11-6 libXext6',
  opensuse: 'zypper install libvulkan_lvp libvulkan1 libX11-6 libXext6',
};

/** What to type to install a software Vulkan driver, if this kind of distribution is known. */
export function driverCommand(distribution: LinuxDistribution, isRoot: boolean): string | undefined {
  const family = [distribution.id, ...distribution.like]
    .map((id) => id.split('-')[0] ?? id)
    .find((id) => COMMANDS[id] !== undefined);
  const command = family === undefined ? undefined : COMMANDS[family];
  return command === undefined || isRoot ? command : `sudo ${command}`;
}
