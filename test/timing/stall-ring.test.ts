import { expect, it } from 'vitest';
import { emptyHole, type Hole, STALL_CAUSES } from '../../src/timing/stall.ts';
import { openStallRing, stallRingBytes } from '../../src/timing/stall-ring.ts';

function ringOf(capacity: number) {
  return openStallRing(new SharedArrayBuffer(stallRingBytes(capacity)), capacity);
}

function holeAt(startNs: number, durationNs = 1000): Hole {
  return { ...emptyHole(), startNs, durationNs, cause: STALL_CAUSES.indexOf('run-queue'), ledgerKnown: true };
}

it('openStallRing() gives every stall once, in order, also round the end of the memory', () => {
  const ring = ringOf(4);
  for (let round = 0; round < 5; round++) {
    for (let i = 0; i < 3; i++) ring.stall(holeAt(round * 10 + i));
    expect(ring.read().map(({ startNs }) => startNs)).toEqual([round * 10, round * 10 + 1, round * 10 + 2]);
  }
  expect(ring.read()).toEqual([]);
  expect(ring.dropped()).toBe(0);
});

it('openStallRing() counts what does not fit, and still sums it up', () => {
  const ring = ringOf(2);
  for (let i = 1; i <= 5; i++) ring.stall(holeAt(i, i * 1000));
  expect(ring.read().map(({ startNs }) => startNs)).toEqual([1, 2]);
  expect(ring.dropped()).toBe(3);
  const sum = ring.sums().find(({ cause }) => cause === 'run-queue');
  expect(sum).toEqual({ cause: 'run-queue', count: 5, sumNs: 15_000, longestNs: 5000 });
  ring.stall(holeAt(6));
  expect(ring.read().map(({ startNs }) => startNs)).toEqual([6]);
});

it('openStallRing() counts holes by powers of two, the shortest and longest in the outer ones', () => {
  const ring = ringOf(1);
  for (const durationNs of [1, 5000, 8191, 8192, 1e15]) ring.countHole(durationNs);
  const counted = ring.histogram().filter(({ count }) => count > 0);
  expect(counted).toEqual([
    { fromNs: 4096, count: 3 },
    { fromNs: 8192, count: 1 },
    { fromNs: 2 ** 35, count: 1 },
  ]);
});

it('openStallRing() ends the watch at its time or when it is stopped, from the other end too', () => {
  const memory = new SharedArrayBuffer(stallRingBytes(1));
  const [writer, reader] = [openStallRing(memory, 1), openStallRing(memory, 1)];
  writer.begin(1000, 5000);
  expect(writer.isOver(4999)).toBe(false);
  expect(reader.watched()).toEqual({ startNs: 1000, endNs: 4999 });
  expect(writer.isOver(5000)).toBe(true);
  writer.begin(1000, Number.POSITIVE_INFINITY);
  expect(writer.isOver(6000)).toBe(false);
  reader.stop();
  expect(writer.isOver(6001)).toBe(true);
});
