// `guestmark setup`: makes sure that there is a Vulkan device, if need be a software one.
import { ensureDriver } from '../setup/index.ts';
import { EXIT } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** Runs the command. */
export async function setupCommand(
  options: { readonly forTests: boolean; readonly json: boolean },
  terminal: Terminal,
): Promise<number> {
  const outcome = await ensureDriver({ purpose: options.forTests ? 'tests' : 'run', say: terminal.note });
  if (options.json) {
    terminal.print(JSON.stringify(outcome, null, 2));
    return EXIT.ok;
  }
  terminal.print(`Vulkan devices: ${outcome.devices.join(', ')}`);
  if (outcome.missing.length > 0) terminal.print(`Not to be had here: ${outcome.missing.join(', ')}`);
  return EXIT.ok;
}
