// Off-CPU time of the calling thread, span by span: the ring, the ledger and the calibrated bias in one, ready
// to stand beside a snapshot clock. What segment() makes of it is in blocked-split.ts.
import { type Available, available, mapAvailable } from '../base/availability.ts';
import type { OffCpuEvidence, SwitchBias } from './blocked-split.ts';
import { calibrateSwitchBias } from './calibrate-switch-bias.ts';
import type { SnapshotClock } from './clock.ts';
import { monotonicRateError, readClockDiscipline } from './clock-discipline.ts';
import { emptyOffCpu, type OffCpu, type OffCpuLedger, openOffCpuLedger } from './off-cpu.ts';
import { openStampClock } from './open-stamp-clock.ts';
import { openThreadSwitchRing, type RingRoom, type SwitchRing } from './switch-ring.ts';

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
  /** Whether switches are recorded now. */
  readonly recording: boolean;
  /** Stops recording: nothing of it is left in the way of a context switch. Spans stay empty. */
  pause(): void;
  /** Records again; where the kernel refuses by now, `recording` stays false. The next span is void. */
  resume(): void;
  /** What `segment()` needs to know of a span. */
  evidence(span: Readonly<OffCpu>): OffCpuEvidence;
}

/** How to open the source. */
export interface OffCpuSourceOptions extends RingRoom {
  /** ρ of CLOCK_MONOTONIC. Default: the worst that adjtimex(2) tells at opening and with each evidence. */
  readonly rateError?: number;
  /** The bias, where this process has measured it before: nothing is calibrated then. */
  readonly bias?: SwitchBias;
}

/**
 * Opens the source and calibrates it, which blocks for about 50 ms unless the bias is given.
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
  const first = openRecording(nowNs, options);
  if (!first.available) return first;
  const bias =
    options.bias === undefined
      ? calibrateSwitchBias({ clock, ...first.value, nowNs })
      : available(options.bias);
  if (!bias.available) {
    first.value[Symbol.dispose]();
    return bias;
  }
  let recording: Recording | null = first.value;
  const pause = (): void => {
    recording?.[Symbol.dispose]();
    recording = null;
  };
  const rateError = watchRate(options.rateError);
  return available({
    bias: bias.value,
    newSpan: emptyOffCpu,
    endSpan: (into) => void recording?.ledger.endSpan(nowNs(), recording.drain, into),
    get recording() {
      return recording !== null;
    },
    pause,
    resume: () => {
      if (recording !== null) return;
      const again = openRecording(nowNs, options);
      if (again.available) recording = again.value;
    },
    evidence: (offCpu) => ({ offCpu, bias: bias.value, rateError: rateError() }),
    [Symbol.dispose]: pause,
  });
}

/** A ring and the sums of what is drained from it. */
interface Recording extends Pick<SwitchRing, 'drain'>, Disposable {
  readonly ledger: OffCpuLedger;
}

function openRecording(nowNs: () => number, room: RingRoom): Available<Recording> {
  return mapAvailable(openThreadSwitchRing(room), (ring) => ({
    drain: ring.drain,
    ledger: openOffCpuLedger(nowNs(), 'on'),
    [Symbol.dispose]: () => ring[Symbol.dispose](),
  }));
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
