// Whatever says that this is a container, as one table: markers, variables, names of control groups, mounts, the kernel's own
// word. Says what was found and never whether it is true; judge-claims.ts does, by the `proof` that a row asks for.
import { valueOrUndefined } from '../base/availability.ts';
import { containerOfManager } from './container-names.ts';
import {
  apptainerRoot,
  apptainerVariable,
  clusterVariable,
  containerEnvironment,
  gvisorKernel,
  lxcfs,
  namelessGvisor,
  type OwnRoot,
  openVz,
  type Place,
  prootTracer,
  type Sign,
  shown,
  snapRoot,
  variableOfPid1,
  wslKernel,
} from './container-signs.ts';
import type { Machine, TellingVariable } from './machine.ts';
import type { Mount } from './mounts.ts';
import { exists } from './read-finding.ts';
import type { ContainerId } from './system-info.ts';

/**
 * What would prove a claim.
 * - `namespaces`: a marker that anybody can leave behind: namespaces of its own prove it, their absence refutes it
 * - `group`: the kernel names the control group, so that it is no marker left behind: namespaces of its own prove it
 * - `root`: a container that shares most namespaces: its own root file system proves it
 * - `kernel`: the kernel or a tracer says so itself
 * - `nothing`: nothing that can be seen here
 */
type Proof = 'namespaces' | 'group' | 'root' | 'kernel' | 'nothing';

/** A claim that is not judged yet. */
export interface Claim {
  readonly container: ContainerId;
  readonly source: string;
  readonly found: string;
  readonly proof: Proof;
  /** For the proof `root`; else absent. */
  readonly root?: OwnRoot;
}

interface Row {
  readonly container: ContainerId | ((found: string) => ContainerId);
  readonly source: string;
  readonly proof: Proof;
  readonly find: Sign;
  readonly seeRoot?: (place: Place) => OwnRoot;
}

type Way = Partial<Pick<Row, 'proof' | 'seeRoot'>>;

const marker = (path: string, container: ContainerId, way: Way = {}): Row => ({
  source: path,
  container,
  proof: 'namespaces',
  find: ({ machine }) => (exists(machine.files, path) ? 'exists' : undefined),
  ...way,
});

const variable = (name: TellingVariable, container: Row['container'], way: Way = {}): Row => ({
  source: `$${name}`,
  container,
  proof: 'namespaces',
  find: ({ machine }) => shown(machine.variables[name]),
  ...way,
});

const GROUPS = '/proc/self/cgroup';

const group = (pattern: RegExp, container: ContainerId): Row => ({
  source: GROUPS,
  container,
  proof: 'group',
  find: ({ groups }) => shown(groups.split('\n').find((line) => pattern.test(line))),
});

/** A file in which a manager writes its name. */
const manager = (path: string): Row => ({
  source: path,
  container: containerOfManager,
  proof: 'namespaces',
  find: ({ machine }) => shown(valueOrUndefined(machine.files.read(path))),
});

const sign = (source: string, container: Row['container'], proof: Proof, find: Sign): Row => {
  return { source, container, proof, find };
};

/** Apptainer and Singularity share all namespaces but that of mounts, unless they are told otherwise. */
const byApptainerRoot: Way = { proof: 'root', seeRoot: apptainerRoot };

/** By systemd's virt.c, virt-what, and the documentation of the runtimes. The order is that of the report. */
const ROWS: readonly Row[] = [
  // kubelet gives both to every pod, the folder unless the pod declines it.
  sign('$KUBERNETES_SERVICE_HOST', 'kubernetes', 'namespaces', clusterVariable),
  marker('/var/run/secrets/kubernetes.io', 'kubernetes'),
  group(/kubepods/, 'kubernetes'),
  sign('/run/.containerenv', 'podman', 'namespaces', containerEnvironment),
  group(/libpod-[0-9a-f]{12}/, 'podman'),
  marker('/.dockerenv', 'docker'),
  group(/\/docker[/-][0-9a-f]{12}/, 'docker'),
  // machine.slice also holds what libvirt runs with QEMU and as LXC.
  group(/systemd-nspawn@|machine\.slice\/machine-(?!qemu|lxc)/, 'systemd-nspawn'),
  group(/\/lxc(\.payload[./]|\/)/, 'lxc'),
  sign('/proc/self/mountinfo', 'lxc', 'namespaces', lxcfs),
  // https://systemd.io/CONTAINER_INTERFACE: the manager's word, wherever it or PID 1 left it.
  manager('/run/host/container-manager'),
  manager('/run/systemd/container'),
  sign('/proc/1/environ: $container', containerOfManager, 'namespaces', variableOfPid1),
  variable('container', containerOfManager),
  marker('/.singularity.d', 'apptainer', { proof: 'root', seeRoot: apptainerVariable }),
  variable('APPTAINER_CONTAINER', 'apptainer', byApptainerRoot),
  variable('APPTAINER_NAME', 'apptainer', byApptainerRoot),
  variable('SINGULARITY_CONTAINER', 'apptainer', byApptainerRoot),
  variable('SINGULARITY_NAME', 'apptainer', byApptainerRoot),
  marker('/.flatpak-info', 'flatpak'),
  variable('FLATPAK_ID', 'flatpak'),
  // Set for classic snaps too, which nothing confines, and inherited by whatever a snap starts.
  variable('SNAP', 'snap', { proof: 'root', seeRoot: snapRoot }),
  sign('/proc/vz without /proc/bc', 'openvz', 'kernel', openVz),
  sign('/proc/version, /proc/thread-self', 'gvisor', 'kernel', gvisorKernel),
  sign('/proc/version, /proc/thread-self', 'gvisor', 'nothing', namelessGvisor),
  sign('/proc/sys/kernel/osrelease', 'wsl', 'kernel', wslKernel),
  variable('WSL_DISTRO_NAME', 'wsl', { proof: 'nothing' }),
  variable('WSL_INTEROP', 'wsl', { proof: 'nothing' }),
  sign('/proc/self/status: TracerPid', 'proot', 'kernel', prootTracer),
];

/** The control groups of a process are a dozen lines. */
const MOST_GROUP_CHARACTERS = 65_536;

/** Every claim that this machine makes. */
export function findClaims(machine: Machine, mounts: readonly Mount[]): readonly Claim[] {
  const groups = (valueOrUndefined(machine.files.read(GROUPS)) ?? '').slice(0, MOST_GROUP_CHARACTERS);
  const place: Place = { machine, groups, mounts };
  return ROWS.flatMap((row): readonly Claim[] => {
    const found = row.find(place);
    if (found === undefined) return [];
    const { source, proof, container } = row;
    const root = row.seeRoot?.(place);
    const id = typeof container === 'string' ? container : container(found);
    return [{ container: id, source, found, proof, ...(root !== undefined && { root }) }];
  });
}
