// The verb `guestmark fleet kubernetes` with its options and examples, as commander sees it; what it does is in fleet-kubernetes.ts.
import { type Command, InvalidArgumentError } from 'commander';
import { GuestmarkError } from '../base/errors.ts';
import { loadPart } from '../base/load-part.ts';
import type { KubernetesRequest } from '../fleet/kubernetes-job.ts';
import { folderName, outFile, whole } from './option-values.ts';
import type { ProgramContext } from './shared-options.ts';

interface KubernetesFlags {
  image: string;
  count: number;
  name?: string;
  namespace?: string;
  gpus: number;
  gpuResource: string;
  cpus: string;
  memory: string;
  claim?: string;
  hostPath?: string;
  nodeSelector?: Readonly<Record<string, string>>;
  runtimeClass?: string;
  retries: number;
}

/** `guestmark fleet kubernetes`. */
export function addFleetKubernetes(fleet: Command, context: ProgramContext): void {
  const kubernetes = fleet
    .command('kubernetes')
    .description('Write a fleet as an Indexed Job of Kubernetes, one pod a task')
    .usage('[options] <folder> -- [arguments of run...]')
    .argument('<folder>', 'where the plan and the manifest are written', folderName)
    .argument('[arguments...]', 'selectors and options of guestmark run')
    .requiredOption('--image <name>', 'the image, made by the Dockerfile of guestmark', outFile)
    .requiredOption('--count <count>', 'how many tasks', whole('a number of tasks', 1))
    .option('--name <name>', "what to call the fleet (default: the folder's name)", outFile)
    .option('--namespace <name>', 'of Kubernetes', outFile)
    .option('--claim <name>', 'a PersistentVolumeClaim that all nodes may write, for the reports', outFile)
    .option('--host-path <folder>', 'a folder of each node instead', outFile);
  addResources(kubernetes)
    .addHelpText('after', KUBERNETES_HELP)
    .action(async (folder: string, runArguments: string[], flags: KubernetesFlags) => {
      const { fleetKubernetesCommand } = await loadPart(import('./fleet-kubernetes.ts'));
      const { name = null, count } = flags;
      const request = { folder, name, count, runArguments, kubernetes: requestOf(flags) };
      context.finish(await fleetKubernetesCommand(request, context.terminal));
    });
}

function addResources(kubernetes: Command): Command {
  return kubernetes
    .option('--gpus <count>', 'GPUs of a pod; 0 for none', whole('a number of GPUs', 0), 1)
    .option('--gpu-resource <name>', 'what the device plugin calls them', outFile, 'nvidia.com/gpu')
    .option('--cpus <quantity>', 'CPUs of a pod', quantity, '4')
    .option('--memory <quantity>', 'memory of a pod', quantity, '4Gi')
    .option('--node-selector <key=value>', 'labels of the nodes (repeatable)', label)
    .option('--runtime-class <name>', 'such as nvidia, where it is not the default', outFile)
    .option(
      '--retries <count>',
      'how often a task that was killed is started again',
      whole('a number', 0),
      3,
    );
}

function requestOf(flags: KubernetesFlags): KubernetesRequest {
  const { image, gpus, gpuResource, cpus, memory, retries } = flags;
  return {
    ...{ image, gpus, gpuResource, cpus, memory, retries },
    namespace: flags.namespace ?? null,
    results: resultsOf(flags),
    nodeSelector: flags.nodeSelector ?? {},
    runtimeClass: flags.runtimeClass ?? null,
  };
}

function resultsOf({ claim, hostPath }: KubernetesFlags): KubernetesRequest['results'] {
  if (claim !== undefined && hostPath === undefined) return { claim };
  if (hostPath !== undefined && claim === undefined) return { hostPath };
  throw new GuestmarkError('usage', 'Cannot plan a fleet: it is not said where its reports go', {
    hint: 'give either --claim or --host-path',
  });
}

/** What Kubernetes takes of its quantities. */
function quantity(text: string): string {
  if (/^\d+(\.\d+)?(m|k|Ki|M|Mi|G|Gi|T|Ti)?$/.test(text)) return text;
  throw new InvalidArgumentError('It is no quantity such as 4 or 8Gi');
}

function label(
  text: string,
  labels: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const [, key, value] = /^([^=\s]+)=([^=\s]*)$/.exec(text) ?? [];
  if (key === undefined || value === undefined)
    throw new InvalidArgumentError('It is not of the form key=value');
  return { ...labels, [key]: value };
}

const KUBERNETES_HELP = `
Writes fleet.json and job.yaml into the folder. The manifest holds the plan too.
A pod runs without root, one a task, spread over the nodes; it finds its GPU's
Vulkan driver by the NVIDIA container toolkit, which asks for the capability
graphics. Collect the reports from the claim, then guestmark fleet status.

Examples:
  guestmark fleet kubernetes f1 --image registry.local/guestmark:0.1.0 \\
      --count 8 --claim results -- --suite quick
  kubectl apply -f f1/job.yaml
  guestmark fleet kubernetes f1 --image guestmark:0.1.0 --count 2 --gpus 0 \\
      --host-path /var/lib/guestmark -- copy --device llvmpipe`;
