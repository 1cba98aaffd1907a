// The names of containers: for programs, for people, and as container managers write them into $container. A table.
import type { ContainerId, Named } from './system-info.ts';

const NAMES: Readonly<Record<Exclude<ContainerId, 'other'>, string>> = {
  none: 'none',
  docker: 'Docker',
  podman: 'Podman',
  lxc: 'LXC',
  'systemd-nspawn': 'systemd-nspawn',
  kubernetes: 'Kubernetes',
  apptainer: 'Apptainer',
  flatpak: 'Flatpak',
  snap: 'Snap',
  gvisor: 'gVisor',
  wsl: 'WSL',
  openvz: 'OpenVZ',
  proot: 'PRoot',
};

/** @param found How a container that has no name here calls itself. */
export function nameContainer(id: ContainerId, found = 'a container without a name'): Named<ContainerId> {
  return { id, name: id === 'other' ? found : NAMES[id] };
}

/** Values of $container by https://systemd.io/CONTAINER_INTERFACE and systemd's own table (virt.c). */
const MANAGERS: ReadonlyMap<string, ContainerId> = new Map([
  ['lxc', 'lxc'],
  ['lxc-libvirt', 'lxc'],
  ['systemd-nspawn', 'systemd-nspawn'],
  ['docker', 'docker'],
  ['podman', 'podman'],
  ['wsl', 'wsl'],
  ['proot', 'proot'],
  ['flatpak', 'flatpak'],
  ['kubernetes', 'kubernetes'],
]);

/** `rkt`, `pouch`, `oci` and whatever comes are others. */
export function containerOfManager(value: string): ContainerId {
  return MANAGERS.get(value.toLowerCase()) ?? 'other';
}
