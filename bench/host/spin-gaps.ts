// What takes the CPU away from a thread that never gives it up: timer ticks, interrupts, competitors, the hypervisor. The
// ledger around each sample says whose they were; this counts how many there were, and how long.
import {
  allOf,
  compareElements,
  defineHostBenchmark,
  type HostContext,
  type OperationFigure,
} from 'guestmark';
import { openSpinLoop, type SpinLoop } from 'guestmark/timing';
import { guestLibc, required } from '../parts/guest-machine.ts';
import { exactly } from '../parts/recent-values.ts';

/** A millisecond or two where a reading takes 10 to 20 ns. */
const TURNS = 2 ** 17;
const THRESHOLDS_NS = [1e3, 10e3, 100e3, 1e6] as const;
const LABELS = ['1 µs', '10 µs', '100 µs', '1 ms'] as const;
/** Where every reading takes a microsecond, as where RDTSC is trapped, a turn is no gap. */
const LEAST_GAP_TURNS = 5;
const CALIBRATION_NS = 10e6;
/** A gap of more cycles is a step backwards, read without its sign. */
const BACKWARDS_CYCLES = 2 ** 63;

export default defineHostBenchmark({
  name: 'spin-gaps',
  summary: `Time of one turn of a loop that reads the TSC ${TURNS} times, and its gaps above 1, 10 and 100 µs and 1 ms`,
  category: 'host',
  explanation: {
    method: `A sample is ${TURNS} turns of a loop of machine code that does nothing but read the time stamp counter; every gap of more than a microsecond (or of five turns, if those are longer) between two readings is kept. The figures are gaps per second of spinning and their share of it, for one second in every run. What happens between two samples is not seen.`,
    limit:
      'A quiet CPU has its timer ticks (100 to 1,000 a second, of 1 to 20 µs, longer where the hypervisor emulates the timer) and few interrupts. Gaps of 100 µs and more are time that someone else had: a thread of this machine (run-queue wait), or the hypervisor (steal); of a millisecond and more, another virtual CPU on the same core.',
    verification: 'The counter never ran backwards, and every loop took time.',
    sources: ['OSNOISE tracer and hwlat detector, Linux kernel documentation', 'sysjitter'],
  },
  axes: {},
  suites: { host: {} },
  lastsNs: () => 1e9,
  items: () => TURNS,
  itemName: 'turns',
  showsItemTime: true,
  operation: (_, host) => {
    guestLibc(host);
    const loop = required('spin-gaps', openSpinLoop());
    const gaps = countGaps(loop, nsPerCycle(loop, host));
    return {
      calls: 1,
      run: () => {
        loop.run(TURNS, gaps.leastCycles);
      },
      reset: gaps.count,
      verify: (count) =>
        allOf(
          compareElements('loops', [gaps.loops()], [count]),
          compareElements('loops that took no time', [gaps.timeless()], [0]),
          compareElements('steps backwards', [gaps.backwards()], [0]),
        ),
      figures: gaps.figures,
    };
  },
});

/** The length of a TSC cycle, by the clock of the samples; right to a thousandth where nothing interrupts. */
function nsPerCycle(loop: SpinLoop, { stamp }: HostContext): number {
  const startNs = stamp.nowNs();
  let cycles = 0;
  let ns = 0;
  while (ns < CALIBRATION_NS) {
    loop.run(TURNS, 0xffff_ffff);
    cycles += loop.cycles();
    ns = stamp.nowNs() - startNs;
  }
  return ns / cycles;
}

interface GapCounts {
  readonly leastCycles: number;
  /** Counts the gaps of the last run of the loop. */
  readonly count: () => void;
  readonly loops: () => number;
  readonly timeless: () => number;
  readonly backwards: () => number;
  readonly figures: () => readonly OperationFigure[];
}

function countGaps(loop: SpinLoop, cycleNs: number): GapCounts {
  loop.run(TURNS, 0xffff_ffff);
  const turnNs = (loop.cycles() / TURNS) * cycleNs;
  const leastNs = Math.max(THRESHOLDS_NS[0], LEAST_GAP_TURNS * turnNs);
  const counts = new Float64Array(THRESHOLDS_NS.length);
  const sumsNs = new Float64Array(THRESHOLDS_NS.length);
  let [loops, timeless, backwards, lost, totalNs, longestNs] = [0, 0, 0, 0, 0, 0];
  const found = (value: number): OperationFigure['estimate'] =>
    lost === 0 ? exactly(value) : { available: false, reason: `there was no room for ${lost} gaps` };
  return {
    leastCycles: Math.min(0xffff_ffff, Math.round(leastNs / cycleNs)),
    count: () => {
      loops++;
      if (!(loop.cycles() > 0)) timeless++;
      lost += loop.gaps() - loop.kept();
      totalNs += loop.cycles() * cycleNs;
      for (let index = 0; index < loop.kept(); index++) {
        const gap = loop.gapCycles(index);
        if (gap >= BACKWARDS_CYCLES) {
          backwards++;
          continue;
        }
        const gapNs = gap * cycleNs;
        longestNs = Math.max(longestNs, gapNs);
        for (let bin = 0; bin < THRESHOLDS_NS.length; bin++) {
          if (gapNs <= (THRESHOLDS_NS[bin] as number)) break;
          counts[bin] = (counts[bin] as number) + 1;
          sumsNs[bin] = (sumsNs[bin] as number) + gapNs - turnNs;
        }
      }
    },
    loops: () => loops,
    timeless: () => timeless,
    backwards: () => backwards,
    figures: () => [
      ...THRESHOLDS_NS.flatMap((_, bin) =>
        gapFigures(LABELS[bin] as string, {
          perSecond: found((counts[bin] as number) / (totalNs / 1e9)),
          share: found((sumsNs[bin] as number) / totalNs),
        }),
      ),
      {
        id: 'longestGap',
        label: 'longest gap',
        unit: 'ns',
        estimate: found(longestNs),
        method: 'of all that were kept, by the time stamp counter',
      },
    ],
  };
}

function gapFigures(
  label: string,
  { perSecond, share }: Readonly<Record<'perSecond' | 'share', OperationFigure['estimate']>>,
): readonly OperationFigure[] {
  const id = label.replace(' ', '').replace('µ', 'u');
  return [
    {
      id: `gapsAbove${id}`,
      label: `gaps above ${label}`,
      unit: '1/s',
      estimate: perSecond,
      method: 'counted, per second of spinning',
    },
    {
      id: `shareAbove${id}`,
      label: `time in gaps above ${label}`,
      unit: 'ratio',
      estimate: share,
      method: 'their sum without a turn of the loop each, of all time spent spinning',
    },
  ];
}
