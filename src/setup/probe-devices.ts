// Whether Vulkan really finds a device is asked in a child process: a driver may crash or hang, and the
// environment that leads to an unpacked driver counts only when a process starts.
import { fileURLToPath } from 'node:url';
import { type Available, available, unavailable } from '../base/availability.ts';
import { type CommandResult, type RunCommand, runCommand } from './run-command.ts';

/** The names of the devices that a child finds under `env`: at least one, or why there is none. */
export type ProbeDevices = (env: NodeJS.ProcessEnv) => Promise<Available<readonly string[]>>;

const PROBE_TIMEOUT_MS = 60_000;

/** Probes with `guestmark devices --json`, by default that of this build. */
export function probeWithCli(
  cli: string = fileURLToPath(new URL('../cli.js', import.meta.url)),
  run: RunCommand = runCommand,
): ProbeDevices {
  return async (env) => {
    const args = [cli, 'devices', '--json'];
    return readProbe(await run(process.execPath, args, { env, timeoutMs: PROBE_TIMEOUT_MS }));
  };
}

/** Reads the end of `guestmark devices --json`: `{ "devices": [{ "name": … }, …] }`. */
export function readProbe({ exit, stdout, stderr }: CommandResult): Available<readonly string[]> {
  if (exit !== 0) return unavailable(lastLine(stderr) ?? `the device probe ended with ${exit}`);
  try {
    const { devices } = JSON.parse(stdout) as { devices: readonly { name?: unknown }[] };
    if (devices.length === 0) return unavailable('Vulkan lists no device');
    return available(devices.map(({ name }) => (typeof name === 'string' ? name : 'unnamed')));
  } catch {
    return unavailable('the device probe printed no device list');
  }
}

function lastLine(text: string): string | undefined {
  return text.trim().split('\n').at(-1) || undefined;
}
