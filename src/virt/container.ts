// In which container this process is, if in any: the name comes from claims, the proof from namespaces. Claims that are refuted
// or rival each other are reported as contradictions.
import { unavailable } from '../base/availability.ts';
import { allowedCpus } from '../timing/thread-cpus.ts';
import { readCgroupLimits } from './cgroup-limits.ts';
import { findClaims } from './container-claims.ts';
import { nameContainer } from './container-names.ts';
import type { Contradiction } from './evidence.ts';
import { certain, claimed, type Finding, findingOf, likely } from './finding.ts';
import {
  areFirst,
  firstText,
  isIsolated,
  judgeClaims,
  ownNamespaces,
  ownText,
  type Surroundings,
} from './judge-claims.ts';
import type { Machine } from './machine.ts';
import { readMounts, rootType } from './mounts.ts';
import { readNamespaces, seesKernelThreads } from './namespaces.ts';
import { plainly } from './read-finding.ts';
import { findScheduler } from './scheduler.ts';
import type { ContainerClaim, ContainerId, ContainerInfo, Named } from './system-info.ts';

/** What is around this process: container, namespaces, scheduler, limits. */
export function describeContainer(machine: Machine): ContainerInfo {
  const { files } = machine;
  const mounts = readMounts(files);
  const namespaces = readNamespaces(files);
  const around = { namespaces, kernelThreads: seesKernelThreads(files), rootType: rootType(mounts) };
  const claims = judgeClaims(findClaims(machine, mounts), around);
  return {
    container: judgeContainer(claims, around),
    claims,
    namespaces,
    scheduler: findScheduler(machine, claims),
    ...readCgroupLimits(files),
    allowedCpus: plainly(findingOf(allowedCpus(files), '/proc/thread-self/status: Cpus_allowed_list')),
    contradictions: [...refutations(claims), ...rivals(claims), ...strangePid2(around)],
  };
}

/**
 * Whose name it gets where several are proved: the outer one of a cluster first, then runtimes, then what is no matter of
 * namespaces. Podman before Docker, as in systemd: images that were made of Docker's containers bring its marker along.
 */
const RANK: readonly ContainerId[] = [
  'kubernetes',
  'podman',
  'docker',
  'systemd-nspawn',
  'lxc',
  'apptainer',
  'flatpak',
  'snap',
  'other',
  'openvz',
  'gvisor',
  'wsl',
  'proot',
];
/** Proved without any marker, by the kernel's own word. */
const BY_KERNEL: readonly ContainerId[] = ['openvz', 'gvisor', 'wsl', 'proot'];

function judgeContainer(
  claims: readonly ContainerClaim[],
  around: Surroundings,
): Finding<Named<ContainerId>> {
  const proved = firstOf(claims.filter(({ verdict }) => verdict === 'proved'));
  if (proved !== undefined) {
    const find = BY_KERNEL.includes(proved.container) ? certain : likely;
    return find(nameOf(proved), `${claimText(proved)}; ${proved.reason}`);
  }
  const unproved = firstOf(claims.filter(({ verdict }) => verdict === 'unproved'));
  if (unproved !== undefined) return claimed(nameOf(unproved), `${claimText(unproved)}; ${unproved.reason}`);
  return byNamespaces(claims.length > 0, around);
}

/** Without a claim that holds. */
function byNamespaces(wasClaimed: boolean, around: Surroundings): Finding<Named<ContainerId>> {
  const signs = wasClaimed ? 'no claim of a container holds' : 'no sign of a container';
  const { namespaces } = around;
  if (!namespaces.available) return unavailable(`${signs}, and ${namespaces.reason}`);
  if (areFirst(around)) return certain(nameContainer('none'), `${signs}, and ${firstText(around)}`);
  const own = ownNamespaces(namespaces);
  const isSandbox = own.includes('pid') && isIsolated(own) && own.length >= 2;
  const source = `${signs}, but ${ownText(own)}`;
  return isSandbox
    ? likely(nameContainer('other'), source)
    : likely(nameContainer('none'), own.length === 0 ? `${signs}, and ${ownText(own)}` : source);
}

function firstOf(claims: readonly ContainerClaim[]): ContainerClaim | undefined {
  const rank = ({ container }: ContainerClaim): number => RANK.indexOf(container);
  return [...claims].sort((a, b) => rank(a) - rank(b))[0];
}

function nameOf({ container, found }: ContainerClaim): Named<ContainerId> {
  return nameContainer(container, found);
}

function claimText({ source, found }: Pick<ContainerClaim, 'source' | 'found'>): string {
  return `${source} (${found})`;
}

function refutations(claims: readonly ContainerClaim[]): readonly Contradiction[] {
  return claims
    .filter(({ verdict }) => verdict === 'refuted')
    .map((claim) => ({
      statement: `${claimText(claim)} says ${nameOf(claim).name}, but ${claim.reason}`,
      resolution: `not ${nameOf(claim).name}: files and variables outlive what made them, namespaces do not`,
      sources: [claim.source, '/proc/self/ns'],
    }));
}

/** Two managers that are both proved; a cluster's runtime, and a container on WSL or in gVisor, are no rivals. */
function rivals(claims: readonly ContainerClaim[]): readonly Contradiction[] {
  const alone: readonly ContainerId[] = ['kubernetes', 'other', ...BY_KERNEL];
  const rivalling = claims.filter(
    ({ verdict, container }) => verdict === 'proved' && !alone.includes(container),
  );
  const byName = new Map(rivalling.map((claim) => [claim.container, claim]));
  const taken = firstOf(rivalling);
  if (byName.size < 2 || taken === undefined) return [];
  const sides = [...byName.values()].map((claim) => `${nameOf(claim).name} by ${claimText(claim)}`);
  return [
    {
      statement: `several containers are claimed: ${sides.join('; ')}`,
      resolution: `${nameOf(taken).name}: images bring markers along, and a container may run in another`,
      sources: [...byName.values()].map(({ source }) => source),
    },
  ];
}

/** The first pid namespace without the kernel's own thread in its place. */
function strangePid2({ namespaces, kernelThreads }: Surroundings): readonly Contradiction[] {
  const isFirst =
    namespaces.available && namespaces.value.some(({ name, initial }) => name === 'pid' && initial === true);
  if (!isFirst || kernelThreads !== false) return [];
  return [
    {
      statement: "the pid namespace has the inode of the kernel's first, but PID 2 is not kthreadd",
      resolution: 'neither is believed: no claim is refuted by it',
      sources: ['/proc/self/ns/pid', '/proc/2/comm'],
    },
  ];
}
