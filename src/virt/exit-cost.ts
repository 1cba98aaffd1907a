// What one exit to the hypervisor costs: CPUID, which hardware virtualization always traps, many times between two readings of
// the time stamp counter. Without a hypervisor it is the price of the instruction alone, a reference worth having.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { StampClock } from '../timing/clock.ts';
import { type CpuidLoop, openCpuidLoop } from '../timing/cpuid-loop.ts';
import { quantile } from '../timing/median.ts';
import { openStampClock } from '../timing/open-stamp-clock.ts';
import { openTsc, type Tsc } from '../timing/tsc.ts';
import { certain, type Finding } from './finding.ts';
import type { Machine } from './machine.ts';
import type { ExitCost } from './system-info.ts';

const SAMPLES = 300;
/** Enough that the 25 to 50 cycles of the counter's own reading, which stay in, are nothing beside an exit's thousands. */
const EXECUTIONS = 20;
const WARM_UP_SAMPLES = 5;
/** Exits of nested guests can take ten times as long: fewer samples then. */
const LIMIT_NS = 50e6;
/** The rate of the counter is found within 20 ppm over so much: two readings of both clocks are some 0.2 µs apart. */
const RATE_SPAN_NS = 20e6;

/** Measures for 20 to 60 ms. Only on this machine. */
export function measureExitCost({ live, cpuid }: Machine): Finding<ExitCost> {
  if (!live) return unavailable('a recorded machine: an instruction can only be timed on the machine itself');
  const loop = openCpuidLoop();
  if (!loop.available) return loop;
  const tsc = openTsc();
  if (!tsc.available) return tsc;
  const clock = openStampClock({ clock: 'CLOCK_MONOTONIC_RAW' });
  if (!clock.available) return clock;
  const measured = measure(loop.value, tsc.value, clock.value);
  if (!measured.available) return measured;
  const { cycles, hz } = measured.value;
  const isGuest = cpuid.available && ((cpuid.value(1).ecx >>> HYPERVISOR_BIT) & 1) === 1;
  const meaning = isGuest ? 'each an exit to the hypervisor' : 'without a hypervisor: the instruction alone';
  const rate = `a counter of ${(hz / 1e9).toFixed(3)} GHz`;
  return certain(
    exitCostOf(cycles, EXECUTIONS, hz),
    `${cycles.length} samples of ${EXECUTIONS} CPUIDs, ${meaning}, by RDTSC, ${rate}`,
  );
}

/** CPUID leaf 1, ECX: reserved for hypervisors. */
const HYPERVISOR_BIT = 31;

interface Measured {
  /** Of one sample each. */
  readonly cycles: readonly number[];
  readonly hz: number;
}

/** The rate of the counter is measured around the samples, unless CPUID states it. */
function measure(loop: CpuidLoop, tsc: Tsc, clock: StampClock): Available<Measured> {
  for (let i = 0; i < WARM_UP_SAMPLES; i++) loop.run(EXECUTIONS, 0);
  const start = readBoth(tsc, clock);
  const cycles: number[] = [];
  while (cycles.length < SAMPLES && clock.nowNs() - start.ns < LIMIT_NS) {
    loop.run(EXECUTIONS, 0);
    cycles.push(loop.cycles());
  }
  if (tsc.statedHz.available) return available({ cycles, hz: tsc.statedHz.value });
  while (clock.nowNs() - start.ns < RATE_SPAN_NS);
  const end = readBoth(tsc, clock);
  const hz = ((end.cycles - start.cycles) * 1e9) / (end.ns - start.ns);
  return hz > 0 && Number.isFinite(hz)
    ? available({ cycles, hz })
    : unavailable('the time stamp counter does not advance');
}

interface Both {
  readonly cycles: number;
  readonly ns: number;
}

const TRIES = 10;

/** The counter between two readings of the clock that are as close together as can be had. */
function readBoth(tsc: Tsc, clock: StampClock): Both {
  let closestNs = Number.POSITIVE_INFINITY;
  let both: Both = { cycles: 0, ns: 0 };
  for (let i = 0; i < TRIES; i++) {
    const beforeNs = clock.nowNs();
    const cycles = tsc.read();
    const widthNs = clock.nowNs() - beforeNs;
    if (widthNs >= closestNs) continue;
    closestNs = widthNs;
    both = { cycles, ns: beforeNs + widthNs / 2 };
  }
  return both;
}

/**
 * Per execution: quantiles of the samples over `executions`.
 *
 * @param cycles TSC cycles of each sample.
 * @param hz Of the counter.
 */
export function exitCostOf(cycles: readonly number[], executions: number, hz: number): ExitCost {
  const each = cycles.map((sample) => sample / executions);
  const [minCycles, medianCycles, p90Cycles] = [0, 0.5, 0.9].map((fraction) => quantile(each, fraction)) as [
    number,
    number,
    number,
  ];
  const toNs = (count: number): number => (count * 1e9) / hz;
  return {
    minCycles,
    medianCycles,
    p90Cycles,
    minNs: toNs(minCycles),
    medianNs: toNs(medianCycles),
    p90Ns: toNs(p90Cycles),
    samples: cycles.length,
    executionsPerSample: executions,
  };
}
