// A fleet as a Job of Kubernetes: an Indexed Job, one pod a task, and a ConfigMap with the plan. Plain objects, as Kubernetes' API has
// them; how they are written down is kubernetes-manifest.ts.
import { GuestmarkError } from '../base/errors.ts';
import type { FleetPlan } from './fleet-folder.ts';

/** What is asked of Kubernetes besides the plan. */
export interface KubernetesRequest {
  readonly image: string;
  readonly namespace: string | null;
  /** GPUs of a pod; 0 for none. */
  readonly gpus: number;
  /** What the device plugin calls them: `nvidia.com/gpu`. */
  readonly gpuResource: string;
  /** Kubernetes' quantities: `4`, `4Gi`. */
  readonly cpus: string;
  readonly memory: string;
  /** Where the fleet's folder is: a claim that many nodes may write, or a folder of each node. */
  readonly results: { readonly claim: string } | { readonly hostPath: string };
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly runtimeClass: string | null;
  /** How often a pod that was killed is started again. */
  readonly retries: number;
}

type Manifest = Readonly<Record<string, unknown>>;

/** The user of the image, by its number: Kubernetes cannot tell of a name that it is not root. */
const USER = 10_001;
const FLEET = '/fleet';
const PLAN = '/plan';
/** Exit codes after which another attempt would say the same. */
const FINAL_EXIT_CODES = [1, 2, 3, 4];

/**
 * The ConfigMap and the Job.
 *
 * @throws GuestmarkError (usage) where the fleet's name is no name for Kubernetes.
 */
export function kubernetesObjects(plan: FleetPlan, request: KubernetesRequest): readonly Manifest[] {
  const name = `guestmark-${plan.name}`;
  refuseName(name);
  const metadata = {
    name,
    ...(request.namespace === null ? {} : { namespace: request.namespace }),
    labels: labelsOf(plan),
  };
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: { 'fleet.json': `${JSON.stringify(plan, null, 2)}\n` },
    },
    { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: jobSpec(plan, request, name) },
  ];
}

function refuseName(name: string): void {
  if (/^[a-z0-9]([a-z0-9-]{0,51}[a-z0-9])?$/.test(name)) return;
  throw new GuestmarkError('usage', `Cannot name a job of Kubernetes "${name}": it is no DNS label`, {
    hint: 'give --name in small letters, digits and dashes, at most 43 of them',
  });
}

function labelsOf({ name }: FleetPlan): Readonly<Record<string, string>> {
  return { 'app.kubernetes.io/name': 'guestmark', 'app.kubernetes.io/instance': name };
}

function jobSpec(plan: FleetPlan, request: KubernetesRequest, name: string): Manifest {
  return {
    completionMode: 'Indexed',
    completions: plan.tasks,
    parallelism: plan.tasks,
    backoffLimitPerIndex: request.retries,
    // One bad node ends its own index and not the fleet.
    maxFailedIndexes: plan.tasks,
    podFailurePolicy: {
      rules: [
        // A node that is drained costs no attempt.
        { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
        {
          action: 'FailIndex',
          onExitCodes: { containerName: 'guestmark', operator: 'In', values: FINAL_EXIT_CODES },
        },
      ],
    },
    template: { metadata: { labels: labelsOf(plan) }, spec: podSpec(plan, request, name) },
  };
}

function podSpec(plan: FleetPlan, request: KubernetesRequest, name: string): Manifest {
  const { runtimeClass, nodeSelector, results } = request;
  const volume =
    'claim' in results
      ? { persistentVolumeClaim: { claimName: results.claim } }
      : { hostPath: { path: results.hostPath, type: 'Directory' } };
  return {
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    ...(runtimeClass === null ? {} : { runtimeClassName: runtimeClass }),
    ...(Object.keys(nodeSelector).length === 0 ? {} : { nodeSelector }),
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'DoNotSchedule',
        // A node that takes no pods would else count as one without any, and hold up all others.
        nodeTaintsPolicy: 'Honor',
        labelSelector: { matchLabels: labelsOf(plan) },
      },
    ],
    securityContext: {
      runAsNonRoot: true,
      runAsUser: USER,
      runAsGroup: USER,
      fsGroup: USER,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [container(request)],
    volumes: [
      { name: 'fleet', ...volume },
      { name: 'plan', configMap: { name } },
      { name: 'temporary', emptyDir: {} },
    ],
  };
}

function container(request: KubernetesRequest): Manifest {
  const { cpus, memory, gpus, gpuResource } = request;
  return {
    name: 'guestmark',
    image: request.image,
    args: ['fleet', 'task', FLEET, '--plan', `${PLAN}/fleet.json`],
    env: [
      ...(gpus > 0 ? [{ name: 'NVIDIA_DRIVER_CAPABILITIES', value: 'compute,graphics,utility' }] : []),
      { name: 'GUESTMARK_CACHE', value: '/tmp/guestmark' },
      { name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
      { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    ],
    // The same as request and limit: the pod is "guaranteed" then, and last to be evicted.
    resources: {
      requests: { cpu: cpus, memory },
      limits: { cpu: cpus, memory, ...(gpus > 0 ? { [gpuResource]: gpus } : {}) },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [
      { name: 'fleet', mountPath: FLEET },
      { name: 'plan', mountPath: PLAN, readOnly: true },
      { name: 'temporary', mountPath: '/tmp' },
    ],
  };
}
