// Work whose instructions and branches are known, and the verdict on a counter that watched it. A hypervisor may let a counter be
// opened and never let it count, or count something else; only a known amount tells.
import { type Available, unavailable } from '../base/availability.ts';
import { LOOP_BRANCHES, LOOP_INSTRUCTIONS, openCountedLoop } from '../timing/counted-loop.ts';
import type { PerfReading } from '../timing/perf-counter.ts';

/** Least and most of something. */
type Bounds = readonly [least: number, most: number];

/** What a counter may be watching. */
export type KnownQuantity = 'instructions' | 'branches' | 'cycles' | 'reference cycles';

/** Something to do, and what it takes. */
export interface KnownWork {
  readonly run: () => void;
  readonly takes: Readonly<Record<KnownQuantity, Bounds>>;
}

const TURNS = 1_000_000;
/** What stands around the loop: two readings, calls into native code, an interrupt. */
const AROUND = 2_000_000;

/** The loop of machine code; where that cannot run, a loop of JavaScript, of which only the least is known well. */
export function knownWork(loop: Available<(turns: number) => void> = openCountedLoop()): KnownWork {
  const [instructions, branches]: readonly [Bounds, Bounds] = loop.available
    ? [exactly(LOOP_INSTRUCTIONS), exactly(LOOP_BRANCHES)]
    : [
        [TURNS, 500 * TURNS],
        [TURNS / 16, 200 * TURNS],
      ];
  return {
    run: loop.available ? () => loop.value(TURNS) : runInJavaScript,
    takes: {
      instructions,
      branches,
      // No CPU finishes more than a handful of dependent turns in a cycle, and none needs hundreds for one.
      cycles: [TURNS / 8, 500 * TURNS],
      'reference cycles': [TURNS / 100, 500 * TURNS],
    },
  };
}

function exactly(perTurn: number): Bounds {
  return [perTurn * TURNS, perTurn * TURNS + AROUND];
}

/** Each turn needs the last one's result, so none can be left out. */
function runInJavaScript(): void {
  let value = 1;
  for (let turn = 0; turn < TURNS; turn++) value = (Math.imul(value, 31) + turn) | 0;
  if (value === 0.5) throw new RangeError('Cannot be: the value is whole');
}

/**
 * Whether a counter counts, by what it showed of the work.
 *
 * @param seen Differences of two readings around the work.
 * @param quantity What it should have shown; undefined for an event of which nothing is known in advance.
 */
export function judgeCounter(
  seen: PerfReading,
  { takes }: Pick<KnownWork, 'takes'>,
  quantity: KnownQuantity | undefined,
): Available<'counts'> {
  const opened = 'it was opened but does not count';
  if (!(seen.enabledNs > 0 && seen.runningNs > 0)) return unavailable(`${opened}: it never ran`);
  if (seen.runningNs < seen.enabledNs) {
    return unavailable(`${opened} all the time: others hold the counters of the CPU`);
  }
  const [least, most] = quantity === undefined ? [0, Number.POSITIVE_INFINITY] : takes[quantity];
  if (seen.count >= least && seen.count <= most) return { available: true, value: 'counts' };
  return unavailable(`${opened} right: ${seen.count} ${quantity} where ${least} to ${most} were made`);
}
