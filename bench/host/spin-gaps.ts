// What takes the CPU away from a thread that never gives it up: timer ticks, interrupts, competitors, the hypervisor. The
// ledger around each sample says whose they were; this counts how many there were, and how long.
import { allOf, compareElements, defineHostBenchmark, type HostContext } from 'guestmark';
import { openSpinLoop, type SpinLoop } from 'guestmark/timing';
import { gapCounts, type LoopScale } from '../parts/gap-counts.ts';
import { guestLibc, required } from '../parts/guest-machine.ts';

/** A millisecond or two where a reading takes 10 to 20 ns. */
const TURNS = 2 ** 17;
const CALIBRATION_NS = 10e6;
/** Longer than any: nothing is kept. */
const NO_GAP_CYCLES = 2 ** 32 - 1;

export default defineHostBenchmark({
  name: 'spin-gaps',
  summary: `Time of one turn of a loop that reads the TSC ${TURNS} times, and its gaps above 1, 10 and 100 µs and 1 ms`,
  category: 'host',
  explanation: {
    method: `A sample is ${TURNS} turns of a loop of machine code that does nothing but read the time stamp counter; every gap of more than a microsecond (or of five turns, if those are longer) between two readings is kept. The figures are gaps per second of spinning and their share of it, for one second in every run. What happens between two samples is not seen.`,
    limit:
      'A quiet CPU has its timer ticks (100 to 1,000 a second, of 1 to 20 µs, longer where the hypervisor emulates the timer) and few interrupts. Gaps of 100 µs and more are time that someone else had: a thread of this machine (run-queue wait), or the hypervisor (steal); of a millisecond and more, another virtual CPU on the same core.',
    verification:
      'The counter never ran backwards, in any of all readings, and the gaps of every loop were counted.',
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
    const gaps = gapCounts(undisturbed(loop, host));
    return {
      calls: 1,
      run: () => {
        loop.run(TURNS, gaps.leastCycles);
      },
      reset: () => {
        for (let index = 0; index < loop.kept(); index++) gaps.add(loop.gapCycles(index));
        gaps.end(loop.cycles(), loop.gaps() - loop.kept());
      },
      verify: (count) =>
        allOf(
          compareElements('loops', [gaps.loops()], [count]),
          compareElements('steps backwards', [gaps.backwards()], [0]),
        ),
      figures: gaps.figures,
    };
  },
});

/** The loop as it runs where nothing interrupts it: what disturbs it only ever makes it longer. */
function undisturbed(loop: SpinLoop, { stamp }: HostContext): LoopScale {
  const openedNs = stamp.nowNs();
  let [cycleNs, turnCycles, nowNs] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, openedNs];
  while (nowNs - openedNs < CALIBRATION_NS || !Number.isFinite(cycleNs)) {
    const startNs = nowNs;
    loop.run(TURNS, NO_GAP_CYCLES);
    nowNs = stamp.nowNs();
    cycleNs = Math.min(cycleNs, (nowNs - startNs) / loop.cycles());
    turnCycles = Math.min(turnCycles, loop.cycles() / TURNS);
  }
  return { cycleNs, turnNs: turnCycles * cycleNs };
}
