// Which device a task of a fleet measures where several share a machine: the one that its engine gave it. Vulkan does not read
// CUDA_VISIBLE_DEVICES, so that all of them would measure the best one.
import type { FleetPlan } from '../fleet/fleet-folder.ts';
import { runCommand } from '../setup/run-command.ts';

/** Arguments of `guestmark run`; none where the engine said nothing or the plan names a device itself. */
export interface GivenDevice {
  readonly arguments: readonly string[];
}

const NONE: GivenDevice = { arguments: [] };
const ANSWER_MS = 60_000;

/** Looks at what the engine says, and asks nvidia-smi where on the PCI bus that is, which Vulkan tells too. */
export async function givenDevice(
  { unit, runArguments }: Pick<FleetPlan, 'unit' | 'runArguments'>,
  env: NodeJS.ProcessEnv = process.env,
  run: typeof runCommand = runCommand,
): Promise<GivenDevice> {
  const first = env.CUDA_VISIBLE_DEVICES?.split(',')[0]?.trim() ?? '';
  if (unit !== 'gpu' || !IDENTIFIER.test(first) || runArguments.some(isDevice)) return NONE;
  const asked = ['--query-gpu=pci.bus_id', '--format=csv,noheader', `--id=${first}`];
  const { exit, stdout } = await run('nvidia-smi', asked, { timeoutMs: ANSWER_MS });
  const address = exit === 0 ? pciAddress(stdout.trim()) : null;
  return address === null ? NONE : { arguments: ['--device', address] };
}

/** An index, or a UUID: both mean the same to nvidia-smi as to CUDA where Slurm hides what is not given. */
const IDENTIFIER = /^(\d{1,3}|GPU-[0-9a-f-]{36})$/i;

function isDevice(argument: string): boolean {
  return argument === '--device' || argument.startsWith('--device=');
}

/** `0000:9b:00.0` of `00000000:9B:00.0`. */
function pciAddress(text: string): string | null {
  const [, domain, place] = /^([0-9a-f]{4,8}):([0-9a-f]{2}:[0-9a-f]{2}\.[0-7])$/i.exec(text) ?? [];
  if (domain === undefined || place === undefined) return null;
  return `${Number.parseInt(domain, 16).toString(16).padStart(4, '0')}:${place.toLowerCase()}`;
}
