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

/** Looks at what the engine says, and asks nvidia-smi which device it means by a number. */
export async function givenDevice(
  { unit, runArguments }: Pick<FleetPlan, 'unit' | 'runArguments'>,
  env: NodeJS.ProcessEnv = process.env,
  run: typeof runCommand = runCommand,
): Promise<GivenDevice> {
  const first = env.CUDA_VISIBLE_DEVICES?.split(',')[0]?.trim() ?? '';
  if (unit !== 'gpu' || first === '' || runArguments.some(isDevice)) return NONE;
  const uuid = /^GPU-([0-9a-f-]{36})$/i.exec(first)?.[1] ?? (await uuidOf(first, run));
  return uuid === null ? NONE : { arguments: ['--device', uuid] };
}

function isDevice(argument: string): boolean {
  return argument === '--device' || argument.startsWith('--device=');
}

/** `GPU-5f9d…` of a number, without its prefix, as Vulkan has it. */
async function uuidOf(index: string, run: typeof runCommand): Promise<string | null> {
  if (!/^\d{1,3}$/.test(index)) return null;
  const asked = ['--query-gpu=uuid', '--format=csv,noheader', `--id=${index}`];
  const { exit, stdout } = await run('nvidia-smi', asked, { timeoutMs: ANSWER_MS });
  return exit === 0 ? (/^GPU-([0-9a-f-]{36})$/i.exec(stdout.trim())?.[1] ?? null) : null;
}
