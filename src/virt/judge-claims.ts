// Which claims of being in a container are true: namespaces are the proof, because no image brings them along. A marker that
// was left behind is refuted, and what shares the machine's namespaces is never refuted by them. Pure.
import type { Claim } from './container-claims.ts';
import type { Finding } from './finding.ts';
import type { ContainerClaim, ContainerId, NamespaceInfo } from './system-info.ts';

/** What claims are held against. */
export interface Surroundings {
  readonly namespaces: Finding<readonly NamespaceInfo[]>;
  /** PID 2 is kthreadd, as only in the first pid namespace; null where it cannot be read. */
  readonly kernelThreads: boolean | null;
  /** The type of the file system at /, where it is known. */
  readonly rootType: string | undefined;
}

type Verdict = Pick<ContainerClaim, 'verdict' | 'reason'>;

/** Every claim with its verdict, in their order. */
export function judgeClaims(claims: readonly Claim[], around: Surroundings): readonly ContainerClaim[] {
  const byKernel = new Set(
    claims.filter(({ proof }) => proof === 'kernel').map(({ container }) => container),
  );
  return claims.map((claim) => {
    const { container, source, found } = claim;
    return { container, source, found, ...judge(claim, byKernel, around) };
  });
}

function judge(claim: Claim, byKernel: ReadonlySet<ContainerId>, around: Surroundings): Verdict {
  if (claim.proof === 'kernel') return proved('the kernel, or the tracer itself, says so');
  if (byKernel.has(claim.container)) return proved('the kernel says so too');
  if (claim.proof === 'nothing') return unproved('nothing that can be seen here proves it');
  if (claim.proof === 'root') return judgeRoot(claim, around);
  if (byKernel.has('gvisor')) return unproved('namespaces are those of gVisor and not of Linux');
  if (byKernel.has('wsl') && around.rootType !== 'overlay')
    return unproved(
      'WSL gives every distribution namespaces of its own, and / is no overlay as in a container',
    );
  return claim.proof === 'group' ? judgeGroup(around) : judgeMarker(around);
}

/** Apptainer and Snap have at least a mount namespace of their own. */
function judgeRoot({ root }: Claim, { namespaces }: Surroundings): Verdict {
  if (isInitial(namespaces, 'mnt') === true)
    return refuted("the mount namespace is the kernel's first: / is the machine's own");
  if (root === undefined || root.seen === null)
    return unproved(root?.reason ?? 'nothing is known of its root');
  return root.seen ? proved(root.reason) : refuted(root.reason);
}

function judgeGroup({ namespaces }: Surroundings): Verdict {
  const own = ownNamespaces(namespaces);
  return isIsolated(own)
    ? proved(ownText(own))
    : unproved(`${ownText(own)}: a container that shares the machine's, or only a group of that name`);
}

function judgeMarker(around: Surroundings): Verdict {
  const { namespaces, rootType } = around;
  if (!namespaces.available) return unproved(namespaces.reason);
  const own = ownNamespaces(namespaces);
  if (isIsolated(own)) return proved(ownText(own));
  if (!areFirst(around)) return unproved(`${ownText(own)}: too little to tell`);
  if (isInitial(namespaces, 'mnt') === false && rootType === 'overlay')
    return unproved(
      "only mnt is a namespace of its own, and / is an overlay: it may share the machine's others",
    );
  return refuted(firstText(around));
}

/** Namespaces of a container; `mnt`, `net` and `time` alone are what services have too. */
const TELLING = ['pid', 'uts', 'ipc', 'user', 'cgroup'] as const;

/** The namespaces that are not the kernel's first; those of which that is not known do not count. */
export function ownNamespaces(namespaces: Surroundings['namespaces']): readonly string[] {
  return namespaces.available
    ? namespaces.value.filter(({ initial }) => initial === false).map(({ name }) => name)
    : [];
}

/** One of pid, or two others: a single one is a common sandbox of services, such as uts by systemd's ProtectHostname=. */
export function isIsolated(own: readonly string[]): boolean {
  return own.includes('pid') || TELLING.filter((name) => own.includes(name)).length >= 2;
}

/**
 * Whether these are the kernel's first namespaces in all respects that matter. Kernels before 4.6 have no cgroup namespace; PID
 * 2 must be kthreadd where it can be seen.
 */
export function areFirst({ namespaces, kernelThreads }: Surroundings): boolean {
  const first = (name: string): boolean => isInitial(namespaces, name) === true;
  const hasCgroup = namespaces.available && namespaces.value.some(({ name }) => name === 'cgroup');
  const names = TELLING.filter((name) => name !== 'cgroup' || hasCgroup);
  return kernelThreads !== false && names.every(first);
}

function isInitial(namespaces: Surroundings['namespaces'], wanted: string): boolean | null {
  const found = namespaces.available ? namespaces.value.find(({ name }) => name === wanted) : undefined;
  return found?.initial ?? null;
}

/** In words what {@link areFirst} found. */
export function firstText({ kernelThreads }: Surroundings): string {
  const threads = kernelThreads === true ? ', and PID 2 is kthreadd' : '';
  return `the namespaces ${TELLING.join(', ')} are the kernel's first ones${threads}`;
}

/** In words which namespaces are its own. */
export function ownText(own: readonly string[]): string {
  return own.length === 0 ? 'no namespace of its own' : `namespaces of its own: ${own.join(', ')}`;
}

function proved(reason: string): Verdict {
  return { verdict: 'proved', reason };
}

function refuted(reason: string): Verdict {
  return { verdict: 'refuted', reason };
}

function unproved(reason: string): Verdict {
  return { verdict: 'unproved', reason };
}
