import { Job } from 'kubernetes-models/batch/v1/Job';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { type KubernetesRequest, kubernetesObjects } from '../../src/fleet/kubernetes-job.ts';
import { manifestText } from '../../src/fleet/kubernetes-manifest.ts';
import { schemaProblems } from './kubernetes-schema.ts';
import { planOf } from './plan-fixture.ts';

const REQUEST: KubernetesRequest = {
  image: 'guestmark:0.1.0',
  namespace: 'lab',
  gpus: 1,
  gpuResource: 'nvidia.com/gpu',
  cpus: '4',
  memory: '4Gi',
  results: { claim: 'results' },
  nodeSelector: { 'nvidia.com/gpu.product': 'H200' },
  runtimeClass: 'nvidia',
  retries: 3,
};

const EVIL = 'a: b # "quoted" \'too\'\n---\nkind: Secret $(x)';
const PLAN = planOf({ engine: 'kubernetes', unit: 'gpu', runArguments: ['copy', '--threshold', EVIL] });

interface Parsed {
  readonly config: { readonly data: Readonly<Record<string, string>> };
  // biome-ignore lint/suspicious/noExplicitAny: what was read is what the models check.
  readonly job: any;
}

function parsed(request: Partial<KubernetesRequest> = {}): Parsed {
  const documents = parseAllDocuments(manifestText(kubernetesObjects(PLAN, { ...REQUEST, ...request })));
  expect(documents).toHaveLength(2);
  const [config, job] = documents.map((one) => one.toJS());
  return { config, job };
}

describe('kubernetesObjects()', () => {
  it.each([
    {},
    { results: { hostPath: '/var/lib/guestmark' }, runtimeClass: null, namespace: null, gpus: 0 },
  ])('fits the schema of Kubernetes, with %j', (request) => {
    const { config, job } = parsed(request);
    expect(() => new ConfigMap(config).validate()).not.toThrow();
    expect(() => new Job(job).validate()).not.toThrow();
  });

  it('would not with a field misspelt or of another type', () => {
    const { job } = parsed();
    const spoilt = (change: (job: Parsed['job']) => void): string => {
      const copy = structuredClone(job);
      change(copy);
      return schemaProblems(Job, copy).join();
    };
    expect(spoilt((one) => (one.spec.backoffLimitPerIndx = 1))).toContain('backoffLimitPerIndx is no field');
    expect(spoilt((one) => (one.spec.template.spec.containers[0].imagee = 'x'))).toContain('imagee');
    expect(spoilt((one) => (one.spec.completions = 'four'))).toContain('completions');
    expect(spoilt((one) => delete one.spec.podFailurePolicy.rules[0].action)).toContain('action');
    expect(spoilt((one) => delete one.spec.template)).toContain('template');
  });

  it('hands the plan on as it is, whatever its arguments say', () => {
    expect(JSON.parse(parsed().config.data['fleet.json'] ?? '')).toEqual(PLAN);
  });

  it('asks for the GPU with graphics, without root, and one pod a task', () => {
    const { job } = parsed();
    const [container] = job.spec.template.spec.containers;
    expect(job.spec).toMatchObject({ completionMode: 'Indexed', completions: 4, backoffLimitPerIndex: 3 });
    expect(container.resources.limits).toEqual({ cpu: '4', memory: '4Gi', 'nvidia.com/gpu': 1 });
    expect(container.env).toContainEqual({
      name: 'NVIDIA_DRIVER_CAPABILITIES',
      value: 'compute,graphics,utility',
    });
    expect(job.spec.template.spec.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 10_001 });
  });

  it('asks for no GPU where there shall be none', () => {
    const text = JSON.stringify(parsed({ gpus: 0 }).job);
    expect(text).not.toMatch(/nvidia.com\/gpu"|NVIDIA/);
  });

  it.each(['A', 'a_b', 'a-', 'a'.repeat(60)])('refuses the name %j', (name) => {
    expect(() => kubernetesObjects(planOf({ name }), REQUEST)).toThrow('it is no DNS label');
  });
});
