import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { burstPoint, clockPoint, type Exchange } from '../../src/external/exchange.ts';

/** An exchange at guest time `at`, the server ahead by `offset`; ways and hold in ns. */
function exchange(at: number, offset: number, there: number, back: number, hold = 100): Exchange {
  return {
    sentNs: at,
    serverReceiveNs: at + there + offset,
    serverTransmitNs: at + there + hold + offset,
    receivedNs: at + there + hold + back,
  };
}

describe('clockPoint()', () => {
  it('is the offset of RFC 5905 with half the round trip as its bound', () => {
    const { guestNs, externalNs, boundNs, roundTripNs } = clockPoint(exchange(1000, 5e6, 300, 500));
    expect(externalNs - guestNs).toBe(5e6 - 100);
    expect({ boundNs, roundTripNs }).toEqual({ boundNs: 400, roundTripNs: 800 });
  });

  it('contains the true offset however unequal the ways are', () => {
    const way = fc.integer({ min: 0, max: 1e9 });
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), way, way, way, (offset, there, back, hold) => {
        const { guestNs, externalNs, boundNs } = clockPoint(exchange(0, offset, there, back, hold));
        expect(Math.abs(externalNs - guestNs - offset)).toBeLessThanOrEqual(boundNs);
      }),
    );
  });

  it('has a bound that holds for a clock that stopped on the way', () => {
    const stopped = exchange(0, 0, 300, 300);
    const { guestNs, externalNs, boundNs } = clockPoint({
      ...stopped,
      receivedNs: stopped.receivedNs - 5000,
    });
    // Before the stop the offset is 0, behind it 5000: what is between the two is what was asked for.
    expect(externalNs - guestNs - boundNs).toBeLessThanOrEqual(5000);
    expect(externalNs - guestNs + boundNs).toBeGreaterThanOrEqual(0);
  });
});

describe('burstPoint()', () => {
  it('keeps the exchange with the least round trip', () => {
    const burst = [exchange(0, 50, 900, 100), exchange(2000, 50, 120, 80), exchange(4000, 50, 90, 800)];
    expect(burstPoint(burst)).toEqual({ ...clockPoint(burst[1] as Exchange), steady: true });
  });

  it('covers every exchange where the clock jumped within the burst', () => {
    const burst = [0, 1, 2, 3].map((i) => exchange(i * 1000, i < 2 ? 0 : 5e6, 100, 100 + i));
    const { guestNs, externalNs, boundNs, steady } = burstPoint(burst);
    expect(steady).toBe(false);
    for (const offset of [0, 5e6])
      expect(Math.abs(externalNs - guestNs - offset)).toBeLessThanOrEqual(boundNs);
  });
});
