// What one question and its answer say about two clocks, and which of several says most. Numbers only;
// knows no socket and no packet.
import { slopeInterval } from '../stats/slope-interval.ts';

/** The four instants of an exchange, in ns; those of the client and of the server have epochs of their own. */
export interface Exchange {
  /** t1, client: right before the request was sent. */
  readonly sentNs: number;
  /** t2, server. */
  readonly serverReceiveNs: number;
  /** t3, server. */
  readonly serverTransmitNs: number;
  /** t4, client. */
  readonly receivedNs: number;
}

/** Both clocks at one instant: when the guest's clock said `guestNs`, the external one said `externalNs` ± `boundNs`. */
export interface ClockPoint {
  readonly guestNs: number;
  readonly externalNs: number;
  readonly boundNs: number;
  /** The time on the way, both ways, without the server's hold. */
  readonly roundTripNs: number;
}

/** The point of a burst, and whether one constant rate explains all of the burst. */
export interface BurstPoint extends ClockPoint {
  /** `false`: a clock jumped or stopped within the burst; the bound then covers every exchange. */
  readonly steady: boolean;
}

/**
 * The offset of an exchange is ((t2 − t1) + (t3 − t4)) / 2 (RFC 5905, section 8): the middle of the interval from
 * t3 − t4 to t2 − t1, which contains it because no datagram arrives before it was sent. Half of its width is the
 * bound, (round trip − hold) / 2. The ends are crossed where a clock stopped on the way; the width is the same.
 */
export function clockPoint({ sentNs, serverReceiveNs, serverTransmitNs, receivedNs }: Exchange): ClockPoint {
  const roundTripNs = receivedNs - sentNs - (serverTransmitNs - serverReceiveNs);
  return {
    guestNs: (sentNs + receivedNs) / 2,
    externalNs: (serverReceiveNs + serverTransmitNs) / 2,
    boundNs: Math.abs(roundTripNs) / 2,
    roundTripNs,
  };
}

/**
 * The point with the least round trip, as in NTP's clock filter (RFC 5905, section 10): the others waited longer
 * somewhere. Where no constant rate explains all exchanges, its bound is widened until it covers each of them.
 *
 * @param exchanges At least one.
 */
export function burstPoint(exchanges: readonly Exchange[]): BurstPoint {
  const points = exchanges.map(clockPoint);
  const best = points.reduce((least, one) => (one.boundNs < least.boundNs ? one : least));
  const offset = ({ externalNs, guestNs }: ClockPoint): number => externalNs - guestNs;
  const line = points.map((one) => ({ x: one.externalNs, y: offset(one), bound: one.boundNs }));
  if (slopeInterval(line) !== null) return { ...best, steady: true };
  const reaches = points.map((one) => Math.abs(offset(one) - offset(best)) + one.boundNs);
  return { ...best, boundNs: Math.max(...reaches), steady: false };
}
