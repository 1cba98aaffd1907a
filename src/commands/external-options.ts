// The options of `run` that name another machine's clock. The key comes from a file or the environment and
// goes to the measuring process only: no report and no argument holds it.
import { type Command, InvalidArgumentError } from 'commander';
import { GuestmarkError } from '../base/errors.ts';
import { findSharedKey } from '../external/shared-key.ts';
import type { RunOptions } from './run.ts';

/** What commander reads. */
export interface ExternalFlags {
  externalClock?: ServerAddress;
  externalKeyFile?: string;
}

interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly text: string;
}

/** Adds the options. */
export function addExternalOptions(command: Command): void {
  command
    .option(
      '--external-clock <host:port>',
      'check the clock of this machine by that of another one, which runs guestmark time-server',
      serverAddress,
    )
    .option(
      '--external-key-file <file>',
      'the key of the time server (default: that of GUESTMARK_TIME_KEY, if it is set)',
    );
}

/** `host:port`, or `[::1]:port` for a number of IPv6. */
export function serverAddress(text: string): ServerAddress {
  const [, bracketed, plain, digits] = /^(?:\[([^\]\s]+)\]|([^:\s]+)):(\d{1,5})$/.exec(text) ?? [];
  const [host, port] = [bracketed ?? plain, Number(digits)];
  if (host === undefined || !(port >= 1 && port <= 65_535))
    throw new InvalidArgumentError('It is not of the form host:port, with a port from 1 to 65535');
  return { host, port, text };
}

/**
 * The request and what goes into the report.
 *
 * @throws GuestmarkError (usage) when the key cannot be used, or belongs to no server.
 */
export function externalOptions(
  { externalClock, externalKeyFile }: ExternalFlags,
  environment: Readonly<Record<string, string | undefined>>,
): Pick<RunOptions, 'external' | 'externalClock' | 'cautions'> {
  if (externalClock === undefined) {
    if (externalKeyFile === undefined) return { external: null, externalClock: null, cautions: [] };
    throw new GuestmarkError('usage', 'Cannot use --external-key-file: there is no --external-clock', {
      hint: 'name the time server with --external-clock host:port',
    });
  }
  const found = findSharedKey(externalKeyFile, environment);
  const { host, port, text } = externalClock;
  const key = found === null ? null : Buffer.from(found.key).toString('base64');
  const caution = found?.caution ?? null;
  return {
    external: { host, port, key },
    externalClock: text,
    cautions: caution === null ? [] : [caution],
  };
}
