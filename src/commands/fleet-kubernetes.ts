// `guestmark fleet kubernetes`: a fleet as an Indexed Job. Writes the plan and the manifest; what applies it is kubectl.
import { join, resolve } from 'node:path';
import { loadPart } from '../base/load-part.ts';
import { planPath } from '../fleet/fleet-folder.ts';
import { type KubernetesRequest, kubernetesObjects } from '../fleet/kubernetes-job.ts';
import { shellWord } from '../report/saved-line.ts';
import { saveText } from '../report/write-report.ts';
import { EXIT } from './exit-codes.ts';
import { checkedPlan, savePlan } from './fleet-plan.ts';
import type { Terminal } from './terminal.ts';

/** The options of the command, checked one by one. */
export interface FleetKubernetesRequest {
  readonly folder: string;
  readonly name: string | null;
  readonly count: number;
  readonly kubernetes: KubernetesRequest;
  readonly runArguments: readonly string[];
}

/**
 * Runs the command.
 *
 * @throws GuestmarkError (usage) for what cannot be planned or named.
 */
export async function fleetKubernetesCommand(
  request: FleetKubernetesRequest,
  terminal: Terminal,
): Promise<number> {
  const { name, kubernetes, runArguments, count } = request;
  const folder = resolve(request.folder);
  const plan = await checkedPlan({
    engine: 'kubernetes',
    tasks: count,
    unit: kubernetes.gpus > 0 ? 'gpu' : 'node',
    nodes: [],
    elsewhere: true,
    ...{ folder, name, runArguments },
  });
  const objects = kubernetesObjects(plan, kubernetes);
  const { manifestText } = await loadPart(import('../fleet/kubernetes-manifest.ts'));
  savePlan(folder, plan);
  const manifest = join(folder, 'job.yaml');
  saveText(manifest, manifestText(objects), 'manifest');
  const { results } = kubernetes;
  const place = 'claim' in results ? `the claim ${results.claim}` : `${results.hostPath} of each node`;
  terminal.print(
    [
      `Plan: ${planPath(folder)} (${plan.tasks} tasks)`,
      `Manifest: ${manifest}`,
      `Next: kubectl apply -f ${shellWord(manifest)}; the reports come into ${place}`,
    ].join('\n'),
  );
  return EXIT.ok;
}
