// Asks a time server, in bursts of exchanges, and says what each clock of this machine showed at that
// instant. Never throws for what a network or a server does; must not be used inside a timed region.
import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { type Available, available, unavailable } from '../base/availability.ts';
import { openStampClock, type StampClock } from '../timing/index.ts';
import { type BurstPoint, burstPoint, type Exchange } from './exchange.ts';
import { networkProblem } from './network-problem.ts';
import { encodeRequest, parseReply, type SharedKey, type TimeReply } from './packet.ts';

/** A clock of this machine that is compared. */
export type GuestClock = Pick<StampClock, 'name' | 'nowNs'>;

/** Whom to ask, and how. */
export interface TimeClientOptions {
  /** A name or an IP address. */
  readonly host: string;
  readonly port: number;
  readonly key?: SharedKey | null;
  /** Default: CLOCK_MONOTONIC, and CLOCK_MONOTONIC_RAW where it can be read. */
  readonly clocks?: readonly GuestClock[];
  /** Exchanges in a burst; default 20. */
  readonly exchanges?: number;
  /** How long an answer is waited for; default 400 ms. */
  readonly timeoutMs?: number;
}

/** One clock of this machine against the server's. */
interface ClockReading extends BurstPoint {
  readonly clock: GuestClock['name'];
}

/** What a burst found. */
export interface Burst {
  /** In the order of the client's clocks; at least one. */
  readonly readings: readonly ClockReading[];
  /** Readings of two instances of a server cannot be compared. */
  readonly instance: number;
  readonly serverClock: TimeReply['clock'];
  readonly answered: number;
  /** Requests without a (valid) answer in time. */
  readonly lost: number;
}

/** An open socket to one server. */
export interface TimeClient extends Disposable {
  /** Compares the clocks, or says why that was not possible. One burst at a time. */
  burst(): Promise<Available<Burst>>;
}

const EXCHANGES = 20;
const TIMEOUT_MS = 400;
/** So many requests without any answer, and the server is taken to be away. */
const SILENT_REQUESTS = 3;
/** A burst on a network that loses much ends with what it has; two of them fit into the grace of a limit. */
const BURST_LIMIT_MS = 1500;

/** Opens a client, or says why its host cannot be found. Nothing is sent yet. */
export async function openTimeClient(options: TimeClientOptions): Promise<Available<TimeClient>> {
  const { host, port, clocks = defaultClocks() } = options;
  const found = await lookup(host).catch((error: Error) => error);
  if (found instanceof Error) return unavailable(`${host}: ${networkProblem(found)}`);
  const socket = createSocket(found.family === 6 ? 'udp6' : 'udp4');
  const refused = await connected(socket, port, found.address);
  if (refused !== null) {
    socket.close();
    return unavailable(`${host}:${port}: ${refused}`);
  }
  const { ask, close } = asker(socket, { ...options, clocks });
  return available({ burst: () => burst(ask, { ...options, clocks }), [Symbol.dispose]: close });
}

/** A connected socket hears of nobody else, learns of closed ports, and sends within the call. */
function connected(socket: Socket, port: number, address: string): Promise<string | null> {
  return new Promise((resolve) => {
    // Node calls back with the error of connect(2), which its types do not say, and emits it only without a callback.
    socket.connect(port, address, (...[error]: readonly Error[]) => {
      resolve(error instanceof Error ? networkProblem(error) : null);
    });
  });
}

/** An answer with the instants of every clock, or why there is none. */
type Answer = Available<{ readonly reply: TimeReply; readonly exchanges: readonly Exchange[] }>;

interface Pending {
  readonly sequence: number;
  readonly sentNs: readonly number[];
  readonly settle: (answer: Answer) => void;
}

interface Asker {
  readonly ask: () => Promise<Answer>;
  readonly close: () => void;
}

type AskedClocks = TimeClientOptions & { readonly clocks: readonly GuestClock[] };

function asker(socket: Socket, { key = null, clocks, timeoutMs = TIMEOUT_MS }: AskedClocks): Asker {
  const nonce = randomBytes(8).readBigUInt64BE();
  let sequence = 0;
  let pending: Pending | null = null;
  socket.on('message', (data) => {
    // In the opposite order of sending, so that the pairs of stamps lie within each other.
    const receivedNs = clocks.map((_, index) => clocks.at(-1 - index)?.nowNs() as number).reverse();
    const parsed = parseReply(data, key);
    // Forged, late or doubled datagrams are as if they had not come.
    if (!parsed.ok || pending === null) return;
    const { packet: reply } = parsed;
    if (reply.nonce !== nonce || reply.sequence !== pending.sequence) return;
    pending.settle(available({ reply, exchanges: exchangesOf(pending.sentNs, reply, receivedNs) }));
  });
  socket.on('error', (error) => pending?.settle(unavailable(networkProblem(error))));
  const ask = (): Promise<Answer> =>
    new Promise((resolve) => {
      sequence = (sequence + 1) >>> 0;
      const request = encodeRequest({ nonce, sequence }, key);
      const timer = setTimeout(() => pending?.settle(unavailable('no answer')), timeoutMs);
      const settle = (answer: Answer): void => {
        clearTimeout(timer);
        pending = null;
        resolve(answer);
      };
      const sentNs = clocks.map((clock) => clock.nowNs());
      pending = { sequence, sentNs, settle };
      socket.send(request, (error) => {
        if (error !== null) pending?.settle(unavailable(networkProblem(error)));
      });
    });
  const close = (): void => {
    pending?.settle(unavailable('the client was closed'));
    socket.close();
  };
  return { ask, close };
}

function exchangesOf(
  sentNs: readonly number[],
  { receiveNs: serverReceiveNs, transmitNs: serverTransmitNs }: TimeReply,
  receivedNs: readonly number[],
): readonly Exchange[] {
  return sentNs.map((sent, index) => ({
    sentNs: sent,
    serverReceiveNs,
    serverTransmitNs,
    receivedNs: receivedNs[index] as number,
  }));
}

async function burst(
  ask: () => Promise<Answer>,
  { host, port, key = null, clocks, exchanges = EXCHANGES }: AskedClocks,
): Promise<Available<Burst>> {
  const answers: (Answer & { readonly available: true })['value'][] = [];
  const endMs = performance.now() + BURST_LIMIT_MS;
  let reason = 'nothing was asked';
  let asked = 0;
  while (asked < exchanges && performance.now() < endMs) {
    const answer = await ask();
    asked++;
    if (answer.available) answers.push(answer.value);
    else reason = answer.reason;
    if (answers.length === 0 && asked >= SILENT_REQUESTS) break;
  }
  const [first] = answers;
  if (first === undefined) return unavailable(`${host}:${port}: ${reason}${keyHint(key)}`);
  const { instance, clock: serverClock } = first.reply;
  const same = answers.filter(({ reply }) => reply.instance === instance);
  const readings = clocks.map(({ name }, index) => ({
    clock: name,
    ...burstPoint(same.map((answer) => answer.exchanges[index] as Exchange)),
  }));
  return available({
    readings,
    instance,
    serverClock,
    answered: same.length,
    lost: asked - same.length,
  });
}

/** A server says nothing to those who lack its key; so why there is no answer cannot be known for sure. */
function keyHint(key: SharedKey | null): string {
  return key === null ? ' (does the server want a key?)' : ' (has the server the same key?)';
}

/** The clock of most stamps, and the one that no time daemon touches. */
function defaultClocks(): readonly GuestClock[] {
  return (['CLOCK_MONOTONIC', 'CLOCK_MONOTONIC_RAW'] as const).flatMap((clock) => {
    const opened = openStampClock({ clock });
    return opened.available ? [opened.value] : [];
  });
}
