import { networkInterfaces } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type ClockJudgement, judgeClock } from '../../src/external/drift.ts';
import { encodeReply, encodeRequest, parseRequest } from '../../src/external/packet.ts';
import {
  type Burst,
  type GuestClock,
  openTimeClient,
  type TimeClient,
  type TimeClientOptions,
} from '../../src/external/time-client.ts';
import { startTimeServer } from '../../src/external/time-server.ts';
import { changedClock, openSocket, sleep, testServer } from './udp.ts';

const KEY = Buffer.from('a key of thirty-two bytes, or so');

async function testClient(options: Omit<TimeClientOptions, 'host'>): Promise<TimeClient> {
  const client = await openTimeClient({ host: '127.0.0.1', ...options });
  if (!client.available) throw new Error(client.reason);
  onTestFinished(() => client.value[Symbol.dispose]());
  return client.value;
}

async function burstOf(client: TimeClient): Promise<Burst> {
  const burst = await client.burst();
  if (!burst.available) throw new Error(burst.reason);
  return burst.value;
}

/**
 * Judges a guest whose clock shows `guest`, by a server whose clock is `server`: five bursts, 60 ms apart.
 *
 * @param inBetween Called before the sleep in the middle.
 */
async function judge(
  guest: (ns: number) => number,
  server: (ns: number) => number = (ns) => ns,
  inBetween: () => void = () => undefined,
): Promise<ClockJudgement> {
  const { port } = await testServer({ clock: changedClock(server) });
  const client = await testClient({ port, clocks: [changedClock(guest)] });
  const bursts: Burst[] = [];
  for (let i = 0; i < 5; i++) {
    if (i === 2) inBetween();
    if (i > 0) await sleep(60);
    bursts.push(await burstOf(client));
  }
  const judgement = judgeClock(bursts.flatMap(({ readings }) => readings));
  if (!judgement.available) throw new Error(judgement.reason);
  return judgement.value;
}

describe('openTimeClient()', () => {
  it('compares both clocks of this machine with the server, and finds them to agree', async () => {
    const { port } = await testServer({ key: KEY });
    const client = await testClient({ port, key: KEY });
    const [first, second] = [await burstOf(client), await sleep(300).then(() => burstOf(client))];
    expect(first.readings.map(({ clock }) => clock)).toEqual(['CLOCK_MONOTONIC', 'CLOCK_MONOTONIC_RAW']);
    expect(first).toMatchObject({ answered: 20, lost: 0, serverClock: 'CLOCK_MONOTONIC_RAW' });
    expect(second.instance).toBe(first.instance);
    for (const index of [0, 1]) {
      const points = [first.readings[index], second.readings[index]];
      expect(judgeClock(points as Parameters<typeof judgeClock>[0])).toMatchObject({
        value: { verdict: 'agrees' },
      });
    }
  });

  it('says why its socket cannot be connected, as without a network', async () => {
    // Broadcast, which a socket may not ask without saying so: the same path as a network that is down.
    expect(await openTimeClient({ host: '255.255.255.255', port: 4123 })).toEqual({
      available: false,
      reason: '255.255.255.255:4123: permission denied',
    });
  });

  const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
    all?.some(({ address }) => address === '::1'),
  );
  if (!hasIpv6) console.warn('Time over IPv6 is not asked for: this machine has no ::1');

  it.skipIf(!hasIpv6)('asks over IPv6 too', async () => {
    const { address, port } = await testServer({ address: '::1' });
    expect(address).toBe('::1');
    const client = await openTimeClient({ host: '::1', port });
    if (!client.available) throw new Error(client.reason);
    using opened = client.value;
    expect(await burstOf(opened)).toMatchObject({ answered: 20, lost: 0 });
  });

  it('finds out a server that is 1 % fast, with the truth inside the interval', async () => {
    const { verdict, constantDriftPpm } = await judge(
      (ns) => ns,
      (ns) => ns * 1.01,
    );
    const truth = (1 / 1.01 - 1) * 1e6;
    expect(verdict).toBe('slow');
    expect(constantDriftPpm?.low).toBeLessThanOrEqual(truth);
    expect(constantDriftPpm?.high).toBeGreaterThanOrEqual(truth);
  });

  it('finds out a guest whose clock stopped for 50 ms, with the truth inside the interval', async () => {
    let missing = 0;
    // It stands still for 50 of the 60 ms in the middle; nobody looks at it meanwhile.
    const { verdict, missedNs } = await judge(
      (ns) => ns - missing,
      (ns) => ns,
      () => {
        missing = 50e6;
      },
    );
    expect(verdict).toBe('stopped');
    expect(missedNs.low).toBeLessThanOrEqual(50e6);
    expect(missedNs.high).toBeGreaterThanOrEqual(50e6);
    expect(missedNs.low).toBeGreaterThan(25e6);
  });

  it('finds out a guest whose clock was set forward by 50 ms', async () => {
    let gained = 0;
    const { verdict, missedNs } = await judge(
      (ns) => ns + gained,
      (ns) => ns,
      () => {
        gained = 50e6;
      },
    );
    expect(verdict).toBe('jumped');
    expect(missedNs.low).toBeLessThanOrEqual(-50e6);
    expect(missedNs.high).toBeGreaterThanOrEqual(-50e6);
  });

  it('covers both sides of a jump within a burst', async () => {
    const { port } = await testServer({ clock: changedClock((ns) => ns) });
    let calls = 0;
    const clock: GuestClock = { ...changedClock((ns) => ns + (calls++ > 20 ? 50e6 : 0)) };
    const [reading] = (await burstOf(await testClient({ port, clocks: [clock] }))).readings;
    expect(reading?.steady).toBe(false);
    expect(reading?.boundNs).toBeGreaterThan(45e6);
  });

  it('lives with loss, and with answers that are late, doubled or forged', async () => {
    let count = 0;
    const forger = await openSocket((data, from) => {
      const parsed = parseRequest(data, KEY);
      if (!parsed.ok || count++ % 3 === 0) return;
      const times = { instance: 7, clock: 'unknown', receiveNs: 1, transmitNs: 1 } as const;
      const reply = encodeReply({ ...parsed.packet, ...times }, KEY);
      for (const bytes of [
        Buffer.from('nonsense'),
        encodeReply({ ...parsed.packet, ...times, receiveNs: 9e9 }, null),
        encodeReply({ ...parsed.packet, nonce: 1n, ...times, receiveNs: 9e9 }, KEY),
        encodeReply({ ...parsed.packet, sequence: 0, ...times, receiveNs: 9e9 }, KEY),
        encodeRequest(parsed.packet, KEY),
        reply,
        reply,
      ])
        void forger.send(bytes, from.port);
    });
    const client = await testClient({ port: forger.port, key: KEY, exchanges: 6, timeoutMs: 150 });
    const burst = await burstOf(client);
    expect(burst).toMatchObject({ instance: 7, serverClock: 'unknown', answered: 4, lost: 2 });
    expect(burst.readings[0]?.externalNs).toBe(1);
  });

  it('leaves out the exchanges with a server that was restarted within a burst', async () => {
    let instance = 0;
    const restarted = await openSocket((data, from) => {
      const parsed = parseRequest(data, null);
      if (!parsed.ok) return;
      const times = {
        instance: instance++ < 2 ? 1 : 2,
        clock: 'unknown',
        receiveNs: 1,
        transmitNs: 1,
      } as const;
      void restarted.send(encodeReply({ ...parsed.packet, ...times }, null), from.port);
    });
    const client = await testClient({ port: restarted.port, exchanges: 5 });
    expect(await burstOf(client)).toMatchObject({ instance: 1, answered: 2, lost: 3 });
  });

  it('says why there is no answer', async () => {
    const { port } = await testServer({ key: KEY });
    const silent = await testClient({ port, timeoutMs: 30 });
    expect(await silent.burst()).toEqual({
      available: false,
      reason: `127.0.0.1:${port}: no answer (does the server want a key?)`,
    });
    const gone = await startTimeServer();
    await gone[Symbol.asyncDispose]();
    const nobody = await testClient({ port: gone.port, timeoutMs: 30 });
    expect(await nobody.burst()).toMatchObject({ reason: expect.stringContaining('nobody listens there') });
    // Too long for a name: refused without asking anybody.
    const host = 'x'.repeat(300);
    expect(await openTimeClient({ host, port: 1 })).toMatchObject({
      available: false,
      reason: expect.stringMatching(/^x+: E/),
    });
  });
});
