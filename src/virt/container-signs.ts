// Signs of containers that take more than reading one file or one variable. Each says in a few words what it saw, or undefined;
// what follows from it is written in the table of container-claims.ts.
import { valueOrUndefined } from '../base/availability.ts';
import { gvisor } from '../timing/probe-gvisor.ts';
import type { Machine } from './machine.ts';
import type { Mount } from './mounts.ts';
import { plainText } from './plain-text.ts';
import { exists } from './read-finding.ts';

/** What signs look at; files that several of them need are read once. */
export interface Place {
  readonly machine: Machine;
  readonly mounts: readonly Mount[];
  /** The text of /proc/self/cgroup. */
  readonly groups: string;
}

/** Whether a container has a root file system of its own; `seen` is null where that cannot be told. */
export interface OwnRoot {
  readonly seen: boolean | null;
  readonly reason: string;
}

/** Looks for a sign. */
export type Sign = (place: Place) => string | undefined;

/** Text as it may be shown; an empty one is no sign. */
export function shown(value: string | undefined): string | undefined {
  const plain = plainText(value ?? '');
  return plain === '' ? undefined : plain;
}

/** Empty under rootless Podman of old, else lines such as `engine="podman-4.3.1"`. */
export function containerEnvironment({ machine }: Place): string | undefined {
  const path = '/run/.containerenv';
  const content = valueOrUndefined(machine.files.read(path))?.slice(0, 4096);
  const engine = content?.split('\n').find((line) => line.startsWith('engine='));
  return shown(engine) ?? (exists(machine.files, path) ? 'exists' : undefined);
}

/** LXC lets lxcfs answer for files that would show the whole machine; on the machine itself it is mounted elsewhere. */
export function lxcfs({ mounts }: Place): string | undefined {
  const isIt = ({ type, point }: Mount): boolean => type === 'fuse.lxcfs' && point.startsWith('/proc/');
  return mounts.some(isIt) ? 'fuse.lxcfs below /proc' : undefined;
}

/** An environment has at most a quarter of a stack of 8 MiB; that of PID 1 is small. */
const MOST_ENVIRONMENT = 2 ** 20;

/** Readable for root only. Nothing but the one variable is taken from it. */
export function variableOfPid1({ machine }: Place): string | undefined {
  const environment = valueOrUndefined(machine.files.read('/proc/1/environ'))?.slice(0, MOST_ENVIRONMENT);
  const entry = environment?.split('\0').find((one) => one.startsWith('container='));
  return shown(entry?.slice('container='.length));
}

/** It holds an address of the cluster, which is nobody's business in a report. */
export function clusterVariable({ machine: { variables } }: Place): string | undefined {
  return shown(variables.KUBERNETES_SERVICE_HOST) && 'set';
}

export function apptainerVariable({ machine: { variables } }: Place): OwnRoot {
  const { APPTAINER_CONTAINER: own, SINGULARITY_CONTAINER: former } = variables;
  const seen = own !== undefined || former !== undefined;
  return seen
    ? { seen, reason: 'its variables are set, and the root holds its folder' }
    : { seen: null, reason: 'its variables are not set: an unpacked image looks so too' };
}

export function apptainerRoot({ machine }: Place): OwnRoot {
  return exists(machine.files, '/.singularity.d')
    ? { seen: true, reason: 'the root holds /.singularity.d' }
    : {
        seen: null,
        reason: 'the root holds no /.singularity.d: variables are passed on to whatever is started',
      };
}

/** snap-confine gives a confined snap its base as root, and puts the machine's into it. */
export function snapRoot({ mounts }: Place): OwnRoot {
  const machineRoot = '/var/lib/snapd/hostfs';
  if (mounts.length === 0) return { seen: null, reason: 'the mounts cannot be read' };
  const seen = mounts.some(({ point }) => point === machineRoot);
  return seen
    ? { seen, reason: `the machine's root is mounted at ${machineRoot}` }
    : {
        seen,
        reason: `nothing is mounted at ${machineRoot}: a classic snap, or something that a snap started`,
      };
}

/** /proc/bc is only on the machine itself. */
export function openVz({ machine: { files } }: Place): string | undefined {
  return exists(files, '/proc/vz') && !exists(files, '/proc/bc') ? 'exists' : undefined;
}

export function gvisorKernel({ machine: { files } }: Place): string | undefined {
  const judged = gvisor(files);
  return judged.available && judged.value ? shown(judged.source) : undefined;
}

/** Releases of 2026 no longer name themselves: an ancient version, and none of the scheduler's files that it had. */
export function namelessGvisor({ machine: { files } }: Place): string | undefined {
  const version = valueOrUndefined(files.read('/proc/version'));
  const names = valueOrUndefined(files.list('/proc/thread-self'));
  const isBare = names !== undefined && !names.includes('sched') && !names.includes('schedstat');
  return isBare && version?.startsWith('Linux version 4.4.0 ') === true && gvisor(files).available === false
    ? shown(version)
    : undefined;
}

export function wslKernel({ machine: { files } }: Place): string | undefined {
  const release = shown(valueOrUndefined(files.read('/proc/sys/kernel/osrelease')));
  return release !== undefined && /microsoft|wsl/i.test(release) ? release : undefined;
}

/** PRoot traces every process that it pretends a root to. */
export function prootTracer({ machine: { files } }: Place): string | undefined {
  const status = valueOrUndefined(files.read('/proc/self/status'));
  const tracer = /^TracerPid:\t([1-9]\d{0,9})$/m.exec(status ?? '')?.[1];
  const comm = tracer === undefined ? undefined : valueOrUndefined(files.read(`/proc/${tracer}/comm`));
  return comm?.trim() === 'proot' ? `traced by proot (PID ${tracer})` : undefined;
}
