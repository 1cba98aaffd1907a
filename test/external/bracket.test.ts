import { expect, it, onTestFinished } from 'vitest';
import {
  type ExternalClock,
  type ExternalComparison,
  openExternalClock,
} from '../../src/external/bracket.ts';
import { startTimeServer } from '../../src/external/time-server.ts';
import { changedClock, sleep, testServer } from './udp.ts';

const CLOCK = 'CLOCK_MONOTONIC';

async function testExternal(port: number, guest?: (ns: number) => number): Promise<ExternalClock> {
  const clocks = guest === undefined ? {} : { clocks: [changedClock(guest)] };
  const external = await openExternalClock({ host: '127.0.0.1', port, timeoutMs: 100, ...clocks }, CLOCK);
  onTestFinished(() => external[Symbol.dispose]());
  return external;
}

async function bracket(external: ExternalClock, work: () => unknown): Promise<ExternalComparison> {
  const end = await external.begin();
  await work();
  const compared = await end();
  if (!compared.available) throw new Error(compared.reason);
  return compared.value;
}

it('openExternalClock() compares wall time with external time, and the other clocks too', async () => {
  const { port } = await testServer();
  const compared = await bracket(await testExternal(port), () => sleep(200));
  expect(compared).toMatchObject({ clock: CLOCK, serverClock: 'CLOCK_MONOTONIC_RAW', verdict: 'agrees' });
  expect(compared.guestWallNs).toBeGreaterThan(199e6);
  expect(Math.abs(compared.guestWallNs - compared.externalWallNs)).toBeLessThanOrEqual(
    compared.boundNs + 200e-6 * compared.externalWallNs,
  );
  expect(Object.keys(compared.otherDriftPpm)).toEqual(['CLOCK_MONOTONIC_RAW']);
});

it('openExternalClock() calls a guest slow that is always slow, and stopped that once was', async () => {
  const { port } = await testServer();
  const slow = await testExternal(port, (ns) => ns * 0.9);
  const slowVerdicts = [];
  for (let i = 0; i < 3; i++) slowVerdicts.push((await bracket(slow, () => sleep(60))).verdict);
  expect(slowVerdicts).toEqual(['slow', 'slow', 'slow']);

  let missing = 0;
  const stopping = await testExternal(port, (ns) => ns - missing);
  const stop = (): Promise<void> => {
    missing = 50e6;
    return sleep(60);
  };
  const found = [];
  for (const work of [() => sleep(60), stop, () => sleep(60)]) found.push(await bracket(stopping, work));
  expect(found.map(({ verdict }) => verdict)).toEqual(['agrees', 'stopped', 'agrees']);
  const { externalWallNs, guestWallNs, boundNs } = found[1] as ExternalComparison;
  expect(Math.abs(externalWallNs - guestWallNs - 50e6)).toBeLessThanOrEqual(boundNs);
});

it('openExternalClock() says why there is no comparison', async () => {
  const first = await startTimeServer();
  const { port } = first;
  const external = await testExternal(port);
  const restarted = await external.begin();
  await first[Symbol.asyncDispose]();
  const silent = await external.begin();
  await testServer({ port });
  expect(await silent()).toMatchObject({ reason: expect.stringMatching(/nobody listens there|no answer/) });
  expect(await restarted()).toEqual({
    available: false,
    reason: 'the time server was restarted in between',
  });
  const nowhere = await openExternalClock({ host: 'x'.repeat(300), port: 1 }, CLOCK);
  expect(await (await nowhere.begin())()).toMatchObject({ available: false });
});
