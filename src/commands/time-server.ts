// `guestmark time-server`: gives out this machine's time until it is stopped, and then says what it did.
// Runs on the host, or on any machine that is no guest of that host.

import { DEFAULT_LIMITS } from '../external/rate-limit.ts';
import { findSharedKey } from '../external/shared-key.ts';
import { type ServerCounts, startTimeServer, type TimeServer } from '../external/time-server.ts';
import { EXIT } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** The options of the command. */
export interface TimeServerFlags {
  readonly bind: string;
  readonly port?: number;
  readonly keyFile?: string;
  /** Answers a second to one source. */
  readonly rate: number;
  readonly json: boolean;
}

/** All sources together get so many times what one gets. */
const SOURCES_AT_FULL_RATE = DEFAULT_LIMITS.global / DEFAULT_LIMITS.perSource;

/** Serves until SIGINT, SIGTERM or SIGHUP. */
export async function timeServerCommand(
  { bind, port = 0, keyFile, rate, json }: TimeServerFlags,
  terminal: Pick<Terminal, 'print' | 'note'>,
): Promise<number> {
  const found = findSharedKey(keyFile, process.env);
  const limits = { ...DEFAULT_LIMITS, perSource: rate, global: rate * SOURCES_AT_FULL_RATE };
  // Before anybody can know that it listens.
  const stopped = untilStopped();
  await using server = await startTimeServer({ address: bind, port, key: found?.key ?? null, limits });
  if (found !== null && found.caution !== null) terminal.note(`guestmark: ${found.caution}`);
  if (found === null && !isLoopback(server.address)) terminal.note(OPEN_CAUTION);
  terminal.print(json ? JSON.stringify(listening(server, found !== null)) : listens(server, found !== null));
  await stopped;
  terminal.print(json ? JSON.stringify(server.counts()) : describeCounts(server.counts()));
  return EXIT.ok;
}

const OPEN_CAUTION =
  'guestmark: without a key everybody who reaches this address is answered, and a guest cannot tell these ' +
  'answers from forged ones; --key-file on both sides prevents that';

/** 127.0.0.0/8 and ::1: nobody outside of this machine reaches them. */
export function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}

function listening({ address, port, clock }: TimeServer, authenticated: boolean): Record<string, unknown> {
  return { address, port, clock, authenticated };
}

function listens({ address, port, clock }: TimeServer, authenticated: boolean): string {
  const where = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
  return `Listening on ${where} (UDP, ${clock}, ${authenticated ? 'with a key' : 'no key'}); Ctrl-C ends it.`;
}

/** `Answered 40 requests, dropped 3 (2 length, 1 source-rate).` */
export function describeCounts({ answered, dropped, socketErrors }: ServerCounts): string {
  const reasons = Object.entries(dropped);
  const total = reasons.reduce((sum, [, count]) => sum + count, 0);
  const why = reasons.map(([reason, count]) => `${count} ${reason}`).join(', ');
  const errors = socketErrors === 0 ? '' : `; ${socketErrors} socket errors`;
  return `Answered ${answered} requests, dropped ${total}${why === '' ? '' : ` (${why})`}${errors}.`;
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}
