// Off-CPU time of the calling thread, span by span: the ring, the ledger and the calibrated bias in one, ready
// to stand beside a snapshot clock. What segment() makes of it is in blocked-split.ts.
import { type Available, available } from '../base/availability.ts';
import type { OffCpuEvidence, SwitchBias } from './blocked-split.ts';
import { calibrateSwitchBias } from './calibrate-switch-bias.ts';
import type { SnapshotClock } from './clock.ts';
import { monotonicRateError, readClockDiscipline } from './clock-discipline.ts';
import { emptyOffCpu, type OffCpu, openOffCpuLedger } from './off-cpu.ts';
import { openStampClock } from './open-stamp-clock.ts';
import { openThreadSwitchRing, type RingRoom } from './switch-ring.ts';

/** Off-CPU time of the thread that opened it; of no other. */
export interface OffCpuSource extends Disposable {
  readonly bias: SwitchBias;
  /** A record for {@link OffCpuSource.endSpan} to fill. */
  newSpan(): OffCpu;
  /**
   * Ends the span at this instant, and the next one begins: call it directly behind `clock.take`. A span of more
   * switches than the ring has room for (8,192 records) is incomplete, which `segment()` notices.
   */
  endSpan(into: OffCpu): void;
  /** What `segment()` needs to know of a span. */
  evidence(span: Readonly<OffCpu>): OffCpuEvidence;
}

/** How to open the source. */
export interface OffCpuSourceOptions extends RingRoom {
  /** ρ of CLOCK_MONOTONIC. Default: the worst that adjtimex(2) tells at opening and with each evidence. */
  readonly rateError?: number;
}

/**
 * Opens the source and calibrates it, which blocks for about 50 ms.
 *
 * @param clock A clock of the calling thread.
 */
export function openOffCpuSource(
  clock: SnapshotClock,
  options: OffCpuSourceOptions = {},
): Available<OffCpuSource> {
  const stamps = openStampClock({ clock: 'CLOCK_MONOTONIC', epochSeconds: 0 });
  if (!stamps.available) return stamps;
  const { nowNs } = stamps.value;
  const ring = openThreadSwitchRing(options);
  if (!ring.available) return ring;
  const { drain } = ring.value;
  const ledger = openOffCpuLedger(nowNs(), 'on');
  const bias = calibrateSwitchBias({ clock, ledger, drain, nowNs });
  if (!bias.available) {
    ring.value[Symbol.dispose]();
    return bias;
  }
  const rateError = watchRate(options.rateError);
  return available({
    bias: bias.value,
    newSpan: emptyOffCpu,
    endSpan: (into) => void ledger.endSpan(nowNs(), drain, into),
    evidence: (offCpu) => ({ offCpu, bias: bias.value, rateError: rateError() }),
    [Symbol.dispose]: () => ring.value[Symbol.dispose](),
  });
}

function watchRate(given: number | undefined): () => number {
  let worst = given ?? rateErrorNow();
  return () => {
    if (given === undefined) worst = Math.max(worst, rateErrorNow());
    return worst;
  };
}

function rateErrorNow(): number {
  const discipline = readClockDiscipline();
  return discipline.available ? monotonicRateError(discipline.value) : monotonicRateError();
}
