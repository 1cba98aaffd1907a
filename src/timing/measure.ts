// The public verbs of `guestmark/timing`: one piece of work under every clock that this machine has. Need no device
// and load no Vulkan; open what they read on the calling thread and close it again.
import { type Available, available, unavailable } from '../base/availability.ts';
import { GuestmarkError } from '../base/errors.ts';
import { Scope } from '../base/scope.ts';
import { systemFiles } from '../base/system-files.ts';
import type { OffCpuEvidence, SwitchBias } from './blocked-split.ts';
import type { SnapshotClock, ThreadSnapshot } from './clock.ts';
import { countCaseSteal } from './count-case-steal.ts';
import type { TierVerdict } from './ledger-rules.ts';
import { describeMeasurement, type Measurement } from './measurement.ts';
import { median } from './median.ts';
import { openOffCpuSource } from './off-cpu-source.ts';
import { openSnapshotClock } from './open-snapshot-clock.ts';
import { probeTiming } from './probe.ts';
import { allowedCpus } from './thread-cpus.ts';

/** How to measure. */
export interface MeasureOptions {
  /** The clock to use, opened on this thread; stays open. Default: the best one of this machine. */
  readonly clock?: SnapshotClock;
  /** What the clock's numbers mean. Default: probed, once per process. */
  readonly verdict?: TierVerdict;
}

/**
 * Runs `work` once under all clocks, and waits for it where it returns a promise. The first call also probes the
 * machine and calibrates, for about 0.1 s; and after every `work` up to one tick of /proc/stat (10 ms) is spent
 * spinning in tiers A and B, so that the kernel's steal counters have caught up. All that is outside of the span.
 *
 * @throws What `work` throws; nothing is measured then.
 */
export async function measure<T>(
  work: () => T | PromiseLike<T>,
  options: MeasureOptions = {},
): Promise<Measurement<T>> {
  using span = openSpan(options);
  span.begin();
  const result = work();
  // Synchronous work is over here: an await would add a turn of the event loop to it.
  if (!isThenable(result)) return span.end()(result, { awaited: false });
  const value = await result;
  return span.end()(value, { awaited: true });
}

/**
 * Runs `work` once under all clocks, without a promise: for callers that cannot wait, and for figures that no
 * turn of the event loop touches. What it costs besides is said at {@link measure}.
 *
 * @throws GuestmarkError (usage) when `work` returns a promise; otherwise what `work` throws.
 */
export function measureSync<T>(work: () => T, options: MeasureOptions = {}): Measurement<T> {
  using span = openSpan(options);
  span.begin();
  const result = work();
  const describe = span.end();
  if (isThenable(result)) {
    throw new GuestmarkError('usage', 'Cannot measure synchronous work: it returned a promise', {
      hint: 'use measure, which waits for it',
    });
  }
  return describe(result, { awaited: false });
}

function isThenable<T>(result: T | PromiseLike<T>): result is PromiseLike<T> {
  return typeof (result as { readonly then?: unknown } | null | undefined)?.then === 'function';
}

/** Two snapshots and what is read around them. */
interface Span extends Disposable {
  begin(): void;
  /** Takes the second snapshot at once; what it returns does the rest, when nothing is timed any more. */
  end(): <T>(value: T, how: { readonly awaited: boolean }) => Measurement<T>;
}

function openSpan(options: MeasureOptions): Span {
  return Scope.open((scope) => {
    const opened = options.clock === undefined ? openSnapshotClock() : { clock: options.clock };
    const { clock } = opened;
    if (options.clock === undefined) scope.use(clock);
    const switches = openSwitches(scope, clock);
    const mark = (into: ThreadSnapshot): void => {
      clock.take(into);
      switches.endSpan();
    };
    const [from, to] = [clock.newSnapshot(), clock.newSnapshot()];
    const overheadNs = emptySpanNs(mark, from, to);
    const files = systemFiles();
    const cpus = allowedCpus(files);
    const countedSteal = countCaseSteal(files);
    return {
      begin: () => mark(from),
      end: () => {
        mark(to);
        return (value, { awaited }) =>
          describeMeasurement(value, {
            from,
            to,
            traits: clock,
            verdict: options.verdict ?? probedVerdict(),
            offCpu: switches.evidence(),
            countedSteal,
            throttledNs: { available: false, reason: 'not yet' },
            awaited,
            pinned: cpus.available && cpus.value.length === 1,
            overheadNs,
            ...(opened.fallbackReason === undefined ? {} : { fallbackReason: opened.fallbackReason }),
          });
      },
      [Symbol.dispose]: () => scope[Symbol.dispose](),
    };
  });
}

/** The context switches of the thread since the span before ended. */
interface Switches {
  endSpan(): void;
  evidence(): Available<OffCpuEvidence>;
}

let knownBias: SwitchBias | undefined;

function openSwitches(scope: Scope, clock: SnapshotClock): Switches {
  // A simulated thread does not switch when this one does.
  const opened =
    clock.name === 'simulated'
      ? unavailable('the thread is simulated')
      : openOffCpuSource(clock, knownBias === undefined ? {} : { bias: knownBias });
  if (!opened.available) return { endSpan: () => {}, evidence: () => opened };
  const source = scope.use(opened.value);
  knownBias = source.bias;
  const span = source.newSpan();
  return { endSpan: () => source.endSpan(span), evidence: () => available(source.evidence(span)) };
}

const EMPTY_SPANS = 16;

/** The median wall time between two marks with nothing in between. */
function emptySpanNs(mark: (into: ThreadSnapshot) => void, from: ThreadSnapshot, to: ThreadSnapshot): number {
  const spans: number[] = [];
  for (let i = 0; i < EMPTY_SPANS; i++) {
    mark(from);
    mark(to);
    spans.push(to.wallNs - from.wallNs);
  }
  return median(spans);
}

let probed: TierVerdict | undefined;

function probedVerdict(): TierVerdict {
  // Watching the machine would cost the first measurement a second; a caller who wants that brings a verdict.
  probed ??= probeTiming({ observeLimitNs: 0 }).verdict;
  return probed;
}
