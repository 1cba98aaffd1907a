// Fills a set of commands (global, instance or device) from their addresses. A command that may not
// be called becomes a function that says why, because a null call ends the process.
import { GuestmarkError } from '../base/errors.ts';
import { type NativeCommand, nativeCommand } from './native-command.ts';
import { type CommandName, commandTable } from './registry/commands.ts';
import type { CommandSignature } from './registry/layout.ts';

/** The commands of one level, with their signatures. */
function commandsOf(level: CommandSignature['level']): readonly (readonly [CommandName, CommandSignature])[] {
  const rows = Object.entries(commandTable) as [CommandName, CommandSignature][];
  return rows.filter(([, signature]) => signature.level === level);
}

/** Makes a JavaScript function of a command that exists at `address`. */
export type ImplementCommand = (
  name: CommandName,
  address: bigint,
  signature: CommandSignature,
) => NativeCommand;

/** The way of every command through koffi. */
export const throughKoffi: ImplementCommand = (_name, address, signature) =>
  nativeCommand(address, signature);

/** Which commands to put together. */
export interface CommandSelection {
  readonly level: CommandSignature['level'];
  /** The extensions that are enabled: commands of others are not even looked up. */
  readonly extensions: readonly string[];
  /** The address of a command, or 0n. */
  addressOf(command: string): bigint;
}

/** The commands of a level as one object. */
export function commandSet(
  { level, extensions, addressOf }: CommandSelection,
  implement: ImplementCommand,
): Record<string, NativeCommand> {
  const set: Record<string, NativeCommand> = {};
  for (const [name, signature] of commandsOf(level)) {
    const missing = signature.extension && !extensions.includes(signature.from);
    const address = missing ? 0n : addressOf(name);
    set[name] = address === 0n ? refusal(name, signature, missing) : implement(name, address, signature);
  }
  return set;
}

function refusal(name: string, { from }: CommandSignature, missing: boolean): NativeCommand {
  const state = missing ? `the extension ${from} is not enabled` : `the driver does not have it (${from})`;
  return () => {
    throw new GuestmarkError('unsupported', `Cannot call ${name}: ${state}`);
  };
}
