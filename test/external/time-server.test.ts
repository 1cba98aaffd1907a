import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { describe, expect, it } from 'vitest';
import { encodeReply, encodeRequest, PACKET_BYTES, parseReply } from '../../src/external/packet.ts';
import { startTimeServer, type TimeServer } from '../../src/external/time-server.ts';
import { changedClock, openSocket, sleep, testServer, until } from './udp.ts';

const KEY = Buffer.from('a key of thirty-two bytes, or so');
const OTHER_KEY = Buffer.from('another key that nobody knows of');
const REQUEST = { nonce: 1n, sequence: 1 };
const REPLY = { ...REQUEST, instance: 1, clock: 'unknown', receiveNs: 1, transmitNs: 2 } as const;

function seen(server: TimeServer): number {
  const { answered, dropped } = server.counts();
  return Object.values(dropped).reduce((sum, count) => sum + count, answered);
}

/** All that a request with a right MAC must not be; `random` draws what is left to chance. */
const MALFORMED: readonly ((random: (bytes: number) => Buffer) => Buffer)[] = [
  (random) => random(random(1).readUInt8()),
  (random) => random(PACKET_BYTES),
  (random) => random(1400),
  (random) => encodeRequest(REQUEST, KEY).subarray(0, random(1).readUInt8() % PACKET_BYTES),
  (random) => Buffer.concat([encodeRequest(REQUEST, KEY), random(1 + random(1).readUInt8())]),
  () => encodeRequest(REQUEST, null),
  () => encodeRequest(REQUEST, OTHER_KEY),
  () => encodeReply(REPLY, KEY),
  () => encodeReply(REPLY, null),
  ...[0, 4, 5, 6, 7, 20, 40, 63].map((at) => (random: (bytes: number) => Buffer): Buffer => {
    const bytes = encodeRequest({ nonce: random(8).readBigUInt64BE(), sequence: at }, KEY);
    bytes[at] = (bytes[at] as number) ^ (1 + (random(1).readUInt8() % 255));
    return bytes;
  }),
];

describe('startTimeServer()', () => {
  it('answers none of 10,000 malformed datagrams, and a good one afterwards', async () => {
    const server = await testServer({ key: KEY });
    const socket = await openSocket();
    for (let sent = 0; sent < 10_000; ) {
      const batch = Array.from({ length: 40 }, (_, i) => MALFORMED[(sent + i) % MALFORMED.length]);
      await Promise.all(
        batch.map((make) => socket.send((make as (typeof MALFORMED)[0])(randomBytes), server.port)),
      );
      sent += batch.length;
      // Or else the kernel drops what does not fit into the socket's buffer, and the server is not asked at all.
      await until(() => seen(server) === sent);
    }
    const { answered, dropped, socketErrors } = server.counts();
    expect({ answered, socketErrors, heard: socket.heard.length }).toEqual({
      answered: 0,
      socketErrors: 0,
      heard: 0,
    });
    expect(Object.keys(dropped).sort()).toEqual([
      'kind',
      'length',
      'mac-missing',
      'mac-wrong',
      'magic',
      'reserved',
      'version',
    ]);
    await socket.send(encodeRequest(REQUEST, KEY), server.port);
    await until(() => socket.heard.length === 1);
    expect(parseReply(socket.heard[0] as Buffer, KEY)).toMatchObject({ ok: true, packet: REQUEST });
  });

  it('answers with no more bytes than it was asked with, in time order', async () => {
    const server = await testServer();
    const socket = await openSocket();
    const request = encodeRequest(REQUEST, null);
    await socket.send(request, server.port);
    await until(() => socket.heard.length === 1);
    const [reply] = socket.heard as [Buffer];
    expect(reply.length).toBeLessThanOrEqual(request.length);
    const parsed = parseReply(reply, null);
    if (!parsed.ok) throw new Error(parsed.problem);
    expect(parsed.packet.clock).toBe(server.clock);
    expect(parsed.packet.transmitNs).toBeGreaterThanOrEqual(parsed.packet.receiveNs);
  });

  it('does not talk to itself or to another server when a reply is sent as a request', async () => {
    const [one, other] = [await testServer(), await testServer()];
    const socket = await openSocket((data) => void socket.send(data, other.port));
    await socket.send(encodeRequest(REQUEST, null), one.port);
    await until(() => seen(other) === 1);
    expect(other.counts()).toMatchObject({ answered: 0, dropped: { kind: 1 } });
  });

  it('answers a source no faster than its limit, and not at all without the key', async () => {
    const limits = { perSource: 20, global: 1000, sources: 8 };
    const server = await testServer({ limits, key: KEY });
    const socket = await openSocket();
    for (let i = 0; i < 50; i++)
      await socket.send(encodeRequest({ nonce: 1n, sequence: i }, null), server.port);
    for (let i = 0; i < 50; i++)
      await socket.send(encodeRequest({ nonce: 1n, sequence: i }, KEY), server.port);
    await until(() => seen(server) === 100);
    const { answered, dropped } = server.counts();
    // Half a second of tokens, and those of the time that it took to send.
    expect(answered).toBeGreaterThanOrEqual(10);
    expect(answered).toBeLessThan(50);
    expect(dropped).toEqual({ 'mac-missing': 50, 'source-rate': 50 - answered });
  });

  it('drops authenticated requests when it has no key to check them with', async () => {
    const server = await testServer();
    const socket = await openSocket();
    await socket.send(encodeRequest(REQUEST, KEY), server.port);
    await until(() => seen(server) === 1);
    expect(server.counts().dropped).toEqual({ 'mac-unexpected': 1 });
  });

  it('stays up when those who asked are gone', async () => {
    const server = await testServer();
    for (let i = 0; i < 20; i++) {
      const gone = createSocket('udp4');
      await new Promise<void>((resolve) => {
        gone.send(encodeRequest(REQUEST, null), server.port, '127.0.0.1', () => gone.close(resolve));
      });
    }
    await until(() => seen(server) === 20);
    // Long enough for the kernel's "port unreachable" to come back.
    await sleep(20);
    const socket = await openSocket();
    await socket.send(encodeRequest(REQUEST, null), server.port);
    await until(() => socket.heard.length === 1);
  });

  it('gives out the clock that it was given', async () => {
    const server = await testServer({ clock: changedClock(() => 12_345.6) });
    const socket = await openSocket();
    await socket.send(encodeRequest(REQUEST, null), server.port);
    await until(() => socket.heard.length === 1);
    expect(parseReply(socket.heard[0] as Buffer, null)).toMatchObject({
      packet: { receiveNs: 12_345, transmitNs: 12_345, clock: 'CLOCK_MONOTONIC' },
    });
  });

  it('says why it cannot listen', async () => {
    const server = await testServer();
    await expect(startTimeServer({ port: server.port })).rejects.toMatchObject({
      code: 'environment',
      message: `Cannot listen on 127.0.0.1, UDP port ${server.port}: the port is in use`,
    });
    await expect(startTimeServer({ address: 'example.org' })).rejects.toMatchObject({ code: 'usage' });
  });
});
