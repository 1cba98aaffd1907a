// Datagrams: noise, packets with something changed, packets under another key. A packet is accepted only if it is the very bytes
// that its fields are written as; under a key only if nobody touched it. And the points that are made of whatever times are said.
import { burstPoint } from '../../../../dist/external/exchange.js';
import {
  encodeReply,
  encodeRequest,
  PACKET_BYTES,
  parseReply,
  parseRequest,
} from '../../../../dist/external/packet.js';
import { changedBytes } from './change-text.mjs';
import { below, onceIn, pick } from './draw.mjs';
import { require } from './oracle.mjs';

const KEYS = [null, Buffer.alloc(32, 7), Buffer.alloc(32, 8)];
const CLOCKS = ['unknown', 'CLOCK_MONOTONIC_RAW', 'CLOCK_MONOTONIC'];
const PROBLEMS = [
  'length',
  'magic',
  'version',
  'kind',
  'reserved',
  'mac-missing',
  'mac-wrong',
  'mac-unexpected',
];

const word = (random) => Math.floor(random() * 2 ** 32);
const timeOf = (random) => pick(random, [0, 1, 1e9, 2 ** 53 - 1, Math.floor(random() * 1e15)]);

export function packetOf(random, key) {
  const request = { nonce: (BigInt(word(random)) << 32n) | BigInt(word(random)), sequence: word(random) };
  if (onceIn(random, 2)) return encodeRequest(request, key);
  return encodeReply(
    {
      ...request,
      instance: word(random),
      clock: pick(random, CLOCKS),
      receiveNs: timeOf(random),
      transmitNs: timeOf(random),
    },
    key,
  );
}

export function datagram(random) {
  if (onceIn(random, 20))
    return Buffer.from(Array.from({ length: below(random, 200) }, () => below(random, 256)));
  const packet = packetOf(random, pick(random, KEYS));
  return onceIn(random, 10) ? packet : changedBytes(random, packet);
}

function attempt({ bytes, key }) {
  let accepted = 0;
  for (const [parse, encode] of [
    [parseRequest, encodeRequest],
    [parseReply, encodeReply],
  ]) {
    const parsed = parse(bytes, key);
    if (!parsed.ok) {
      require(PROBLEMS.includes(parsed.problem), () => `it has the problem ${parsed.problem}`);
      continue;
    }
    require(bytes.length === PACKET_BYTES &&
      encode(parsed.packet, key).equals(bytes), 'other bytes were taken for the packet');
    if (parse === parseReply) requirePoint(parsed.packet);
    accepted++;
  }
  require(accepted < 2, 'one packet is a request and a reply');
  return accepted > 0 ? 'accepted' : 'refused';
}

function requirePoint({ receiveNs, transmitNs }) {
  const other = { sentNs: 5, serverReceiveNs: 100, serverTransmitNs: 101, receivedNs: 9 };
  const point = burstPoint([
    other,
    { sentNs: 1000, serverReceiveNs: receiveNs, serverTransmitNs: transmitNs, receivedNs: 2000 },
  ]);
  require(Number.isFinite(point.externalNs) && point.boundNs >= 0, () =>
    `the point is ${JSON.stringify(point)}`);
}

export default [
  {
    name: 'packets',
    open: async () => ({
      make: (random) => ({ bytes: datagram(random), key: pick(random, KEYS) }),
      attempt,
      show: ({ bytes, key }) => `${bytes.toString('hex')} under ${key?.toString('hex') ?? 'no key'}`,
    }),
  },
];
