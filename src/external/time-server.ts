// Answers the time over UDP: well-formed requests only, never with more bytes than were sent, and never
// faster than its limits. Whatever arrives, it stays up and counts what it did not answer.
import { randomBytes } from 'node:crypto';
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { isIP } from 'node:net';
import { GuestmarkError } from '../base/errors.ts';
import { openStampClock, type StampClock } from '../timing/index.ts';
import { networkProblem } from './network-problem.ts';
import { encodeReply, type PacketProblem, parseRequest, type SharedKey, type TimeReply } from './packet.ts';
import { DEFAULT_LIMITS, type RateLimits, type RateVerdict, rateLimiter } from './rate-limit.ts';

/** The clock whose time is given out. Starts near 0, so that it tells nothing of the machine's uptime. */
export interface ServerClock {
  readonly name: TimeReply['clock'];
  /** ns, not negative. */
  nowNs(): number;
}

/** How to serve. */
export interface TimeServerOptions {
  /** The IP address to listen on; default 127.0.0.1. */
  readonly address?: string;
  /** Default 0: the system chooses one. */
  readonly port?: number;
  /** With a key only authenticated requests are answered, and every reply is authenticated. */
  readonly key?: SharedKey | null;
  readonly limits?: RateLimits;
  /** Default: CLOCK_MONOTONIC_RAW, or CLOCK_MONOTONIC where it cannot be read. */
  readonly clock?: ServerClock;
}

/** Why a datagram was not answered. `unanswerable`: its source port is 0, or the send queue is full. */
type DropReason = PacketProblem | Exclude<RateVerdict, 'ok'> | 'unanswerable';

/** What a server did so far. */
export interface ServerCounts {
  readonly answered: number;
  /** Reasons that occurred, with how often. */
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
  /** Errors of the socket that it lived through. */
  readonly socketErrors: number;
}

/** A server that listens. */
export interface TimeServer extends AsyncDisposable {
  readonly address: string;
  readonly port: number;
  readonly clock: ServerClock['name'];
  counts(): ServerCounts;
}

/** Replies that the socket does not take at once are queued in memory; beyond this they are dropped. */
const MOST_QUEUED_BYTES = 64 * 1024;

/**
 * Starts a server.
 *
 * @throws GuestmarkError (usage) when `address` is no IP address, (environment) when it cannot be listened on.
 */
export async function startTimeServer(options: TimeServerOptions = {}): Promise<TimeServer> {
  const { address = '127.0.0.1', port = 0, clock = defaultClock() } = options;
  const family = isIP(address);
  if (family === 0) {
    throw new GuestmarkError('usage', `Cannot listen on "${address}": not an IP address`, {
      hint: 'give one such as 127.0.0.1, ::1 or 0.0.0.0',
    });
  }
  const socket = createSocket({
    type: family === 6 ? 'udp6' : 'udp4',
    // Addresses are numbers here. Node's own look-up would send a reply one turn after it was stamped.
    lookup: (host, _options, found) => found(null, host, family),
  });
  await bound(socket, address, port);
  const tally = newTally();
  const answer = answerer(socket, { ...options, clock }, tally);
  socket.on('message', answer);
  socket.on('error', () => tally.socketErrors++);
  const listening = socket.address();
  return {
    address: listening.address,
    port: listening.port,
    clock: clock.name,
    counts: () => ({ ...tally, dropped: { ...tally.dropped } }),
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  };
}

interface Tally {
  answered: number;
  readonly dropped: Partial<Record<DropReason, number>>;
  socketErrors: number;
}

function newTally(): Tally {
  return { answered: 0, dropped: {}, socketErrors: 0 };
}

type Answer = (data: Uint8Array, from: RemoteInfo) => void;

function answerer(
  socket: Socket,
  { key = null, limits = DEFAULT_LIMITS, clock }: TimeServerOptions & { readonly clock: ServerClock },
  tally: Tally,
): Answer {
  const instance = randomBytes(4).readUInt32BE();
  const limit = rateLimiter(limits);
  const drop = (reason: DropReason): void => {
    tally.dropped[reason] = (tally.dropped[reason] ?? 0) + 1;
  };
  return (data, from) => {
    const receiveNs = Math.floor(clock.nowNs());
    const parsed = parseRequest(data, key);
    if (!parsed.ok) return drop(parsed.problem);
    // Only now: what is not well-formed takes no token from those who ask properly.
    const verdict = limit(from.address, performance.now() * 1e6);
    if (verdict !== 'ok') return drop(verdict);
    if (from.port === 0 || socket.getSendQueueSize() > MOST_QUEUED_BYTES) return drop('unanswerable');
    const transmitNs = Math.floor(clock.nowNs());
    const reply = { ...parsed.packet, instance, clock: clock.name, receiveNs, transmitNs };
    socket.send(encodeReply(reply, key), from.port, from.address, (error) => {
      if (error !== null) tally.socketErrors++;
    });
    tally.answered++;
  };
}

function bound(socket: Socket, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (cause: Error): void => {
      socket.close();
      const message = `Cannot listen on ${address}, UDP port ${port}: ${networkProblem(cause)}`;
      reject(
        new GuestmarkError('environment', message, {
          cause,
          hint: 'choose another --port (from 1024 on without root), or another --bind',
        }),
      );
    };
    socket.once('error', refuse);
    socket.bind({ address, port, exclusive: true }, () => {
      socket.off('error', refuse);
      resolve();
    });
  });
}

/** Neither steps nor slews: what the host's time daemon does must not look like a fault of the guest. */
function defaultClock(): StampClock {
  const raw = openStampClock({ clock: 'CLOCK_MONOTONIC_RAW' });
  const clock = raw.available ? raw : openStampClock();
  if (!clock.available) {
    throw new GuestmarkError('environment', `Cannot serve the time: ${clock.reason}`);
  }
  return clock.value;
}
