// Real datagrams on the loopback: at a running server, which goes on answering those who ask properly and never answers others;
// and from a server that lies, to a client, which takes nothing that it has not asked for.
import { createSocket } from 'node:dgram';
import { encodeReply, encodeRequest, parseReply, parseRequest } from '../../../../dist/external/packet.js';
import { openTimeClient } from '../../../../dist/external/time-client.js';
import { startTimeServer } from '../../../../dist/external/time-server.js';
import { below, onceIn, pick } from './draw.mjs';
import { require } from './oracle.mjs';
import { datagram, packetOf } from './packets.mjs';

const KEY = Buffer.alloc(32, 7);
const OTHER_KEY = Buffer.alloc(32, 8);
/** Beyond what the loopback carries here: what is looked at is not the limit. */
const LIMITS = { perSource: 1e6, global: 1e6, sources: 16 };
const ANSWER_MS = 5000;
/** Between two proper questions. */
const BETWEEN = 50;

async function openServer() {
  const servers = [
    await startTimeServer({ key: null, limits: LIMITS }),
    await startTimeServer({ key: KEY, limits: LIMITS }),
  ];
  const socket = createSocket('udp4');
  await new Promise((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const heard = [];
  socket.on('message', (data) => heard.push(data));
  const counts = { sent: 0, asked: 0, answered: 0 };
  return {
    make: (random, index) => ({
      bytes: datagram(random),
      server: below(random, 2),
      asks: index % BETWEEN === 0,
      random,
    }),
    attempt: async ({ bytes, server, asks, random }) => {
      const { port } = servers[server];
      heard.length = 0;
      await sent(socket, bytes, port);
      counts.sent++;
      if (asks) await requireAnswer(port, server, random);
      const key = server === 0 ? null : KEY;
      return parseRequest(bytes, key).ok ? 'accepted' : 'refused';
    },
    show: ({ bytes, server }) =>
      `${bytes.toString('hex')} to the server ${server === 0 ? 'without' : 'with'} a key`,
    close: async () => {
      socket.close();
      const told = servers.map((one) => one.counts());
      for (const server of servers) await server[Symbol.asyncDispose]();
      require(counts.answered === counts.asked, 'a proper question was not answered');
      return { ...counts, servers: told };
    },
  };

  /** Asks properly until there is an answer: a socket's buffer may have been full. */
  async function requireAnswer(port, server, random) {
    const key = server === 0 ? null : KEY;
    const nonce = BigInt(Math.floor(random() * 2 ** 48));
    counts.asked++;
    const end = performance.now() + ANSWER_MS;
    while (performance.now() < end) {
      await sent(socket, encodeRequest({ nonce, sequence: 1 }, key), port);
      await new Promise((resolve) => setTimeout(resolve, 1));
      const isIt = (data) => {
        const parsed = parseReply(data, key);
        return parsed.ok && parsed.packet.nonce === nonce;
      };
      if (heard.some(isIt)) {
        counts.answered++;
        return;
      }
    }
    require(false, `the server did not answer within ${ANSWER_MS} ms`);
  }
}

const sent = (socket, bytes, port) =>
  new Promise((resolve) => socket.send(bytes, port, '127.0.0.1', resolve));

/** What the lying server says to a request; null says nothing. */
const LIES = [
  (_, { reply }) => reply,
  (_, { reply }) => reply,
  (random) => datagram(random),
  (random) => packetOf(random, KEY),
  (_, { request, packet }) => encodeReply({ ...packet, nonce: request.nonce ^ 1n }, KEY),
  (_, { request, packet }) => encodeReply({ ...packet, sequence: request.sequence + 1 }, KEY),
  (_, { packet }) => encodeReply(packet, OTHER_KEY),
  (_, { packet }) => encodeReply(packet, null),
  (_, { packet }) => encodeReply({ ...packet, receiveNs: 2 ** 53 - 1, transmitNs: 0 }, KEY),
  (_, { packet }) => encodeReply({ ...packet, instance: packet.instance + 1 }, KEY),
  (_, { last, reply }) => last ?? reply,
  () => null,
];
/** Those that a client may take. */
const HONEST = [0, 1, 8, 9];

async function openClient() {
  const socket = createSocket('udp4');
  await new Promise((resolve) => socket.bind(0, '127.0.0.1', resolve));
  let plan = null;
  let last = null;
  socket.on('message', (data, from) => {
    const parsed = parseRequest(data, KEY);
    if (!parsed.ok || plan === null) return;
    const request = parsed.packet;
    const packet = {
      ...request,
      instance: 1,
      clock: 'CLOCK_MONOTONIC',
      receiveNs: 1e9,
      transmitNs: 1e9 + 10,
    };
    const reply = encodeReply(packet, KEY);
    const index = below(plan.random, LIES.length);
    plan.said.push(index);
    const lie = LIES[index](plan.random, { request, packet, reply, last });
    last = reply;
    if (lie !== null) socket.send(lie, from.port, from.address);
    if (onceIn(plan.random, 4)) socket.send(datagram(plan.random), from.port, from.address);
  });
  const { port } = socket.address();
  return {
    make: (random) => ({ random, exchanges: pick(random, [1, 3, 6]), said: [] }),
    attempt: async (input) => {
      plan = input;
      const opened = await openTimeClient({
        host: '127.0.0.1',
        port,
        key: KEY,
        exchanges: input.exchanges,
        timeoutMs: 20,
      });
      require(opened.available, 'no client');
      const client = opened.value;
      const found = await client.burst();
      if (!found.available) {
        require(!/\p{Cc}/u.test(found.reason), 'its reason holds control characters');
        return 'refused';
      }
      const { readings, answered } = found.value;
      const honest = input.said.filter((index) => HONEST.includes(index)).length;
      require(answered <= honest, () => `${answered} answers of ${honest} honest ones`);
      for (const { externalNs, boundNs } of readings)
        require(Number.isFinite(externalNs) && boundNs >= 0, 'a reading is no number');
      return 'accepted';
    },
    show: ({ exchanges }) => `${exchanges} exchanges; what the server says is drawn as it is asked`,
    close: () => {
      socket.close();
    },
  };
}

export default [
  { name: 'server-socket', open: openServer },
  { name: 'client-socket', open: openClient },
];
