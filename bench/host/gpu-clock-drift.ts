// How the device's clock runs against those of this machine. A GPU keeps its own time whatever a hypervisor does, so it
// is the one witness in a guest that nobody can stop, scale or move together with the guest's clocks.
import {
  allOf,
  compareElements,
  defineHostBenchmark,
  type HostContext,
  type OperationFigure,
} from 'guestmark';
import { beginDrift, gpuClockDrift, openStampClock, openTsc } from 'guestmark/timing';
import { clockJumps } from '../parts/clock-jumps.ts';
import {
  type ClockObservations,
  clockObservations,
  NARROWEST,
  narrowestOf,
  type ReadClock,
} from '../parts/clock-observations.ts';
import { type DeviceClock, openBracketedClock, openCalibratedClock } from '../parts/device-clock.ts';
import { guestLibc, required } from '../parts/guest-machine.ts';
import { exactly, known } from '../parts/recent-values.ts';
import { boundedRate, rateOf, tscFigures } from '../parts/tsc-drift.ts';

const NAME = 'gpu-clock-drift';
/** So many rows, however long the span. */
const ROWS = 1000;
/** A time daemon changes a rate by less between two rows. */
const LEAST_JUMP_NS = 10e3;

export default defineHostBenchmark({
  name: NAME,
  summary:
    'Drift of the clock of the device against CLOCK_MONOTONIC, CLOCK_MONOTONIC_RAW and the TSC over so many seconds',
  category: 'host',
  explanation: {
    method: `${ROWS} times, evenly over the span, the clock of the device is read between readings of the others; the narrowest of eight attempts counts. A rate is known to half the widths of such readings over the span, and better where all readings between must lie on one line. Samples are single readings of the device after a pause. Without calibrated timestamps the device is read by a submission that writes one.`,
    limit:
      'Crystals differ by some 10 ppm and change by 1 ppm with their temperature; a time daemon corrects CLOCK_MONOTONIC, at most by 500 ppm. More, or a jump, means that the clock of the guest was stopped, scaled or moved, as in a live migration, a snapshot or a bad calibration of the TSC: then every other time of the guest is off by as much.',
    verification:
      'No reading of the device is lower than the one before, all over the span and at every reading, and the clock moved.',
    sources: [
      'Vulkan specification, vkGetCalibratedTimestampsEXT',
      'Linux, Documentation/virt/kvm/x86/timekeeping.rst',
    ],
  },
  axes: { seconds: [2] },
  suites: { host: {}, full: { seconds: [60] } },
  requires: ({ seconds }) => (seconds > 0 && seconds <= 600 ? null : 'seconds is not between 0 and 600'),
  lastsNs: ({ seconds }) => seconds * 1e9,
  operation: ({ seconds }, host) => {
    guestLibc(host);
    const device = openDeviceClock(host);
    const clocks = openClocks();
    const observations = clockObservations(device, clocks.all);
    const endDrift = beginDrift(clocks.monotonicNs, clocks.rawNs);
    const pause = pauseOf((seconds * 1e3) / ROWS);
    observations.observe();
    return {
      calls: device.calls,
      run: observations.readDevice,
      reset: () => {
        observations.observe();
        pause();
      },
      verify: (count) =>
        allOf(
          compareElements('readings that ran backwards', [observations.backwards()], [0]),
          compareElements('readings that are missing', [Number(observations.compared() < count)], [0]),
          compareElements('clocks that moved', [Number(observations.advanced() > 0)], [1]),
        ),
      figures: () => [
        ...driftFigures(device, observations, clocks),
        {
          id: 'monotonicAgainstRaw',
          label: 'CLOCK_MONOTONIC against CLOCK_MONOTONIC_RAW',
          unit: 'ppm',
          estimate: boundedRate(endDrift()),
          method: 'read together at both ends of the span: what the time daemon does',
        },
        ...monotonicityFigures(device, observations),
      ],
    };
  },
});

/** Without the extension by submissions; without timestamps too there is no clock. */
function openDeviceClock(host: HostContext): DeviceClock {
  if (host.device.calibratedClock.available) return openCalibratedClock(NAME, host);
  if (host.device.timestampValidBits > 0) return openBracketedClock(NAME, host);
  return required(NAME, host.device.calibratedClock);
}

interface Clocks {
  /** The clocks to observe: RAW, MONOTONIC and, where there is one, the TSC. */
  readonly all: readonly ReadClock[];
  readonly rawNs: ReadClock;
  readonly monotonicNs: ReadClock;
  readonly tsc: ReturnType<typeof openTsc>;
}

const [RAW, MONOTONIC, TSC] = [0, 1, 2] as const;

function openClocks(): Clocks {
  const rawNs = required(NAME, openStampClock({ clock: 'CLOCK_MONOTONIC_RAW' })).nowNs;
  const monotonicNs = required(NAME, openStampClock({ clock: 'CLOCK_MONOTONIC' })).nowNs;
  const tsc = openTsc();
  const all = [rawNs, monotonicNs, ...(tsc.available ? [tsc.value.read] : [])];
  return { all, rawNs, monotonicNs, tsc };
}

/** Lets time pass, untimed, so that the rows spread over the span. */
function pauseOf(ms: number): () => void {
  const nobody = new Int32Array(new SharedArrayBuffer(4));
  return () => {
    Atomics.wait(nobody, 0, 0, ms);
  };
}

/** Drift against the clocks of the kernel. */
function driftFigures(
  device: DeviceClock,
  observations: ClockObservations,
  { tsc }: Clocks,
): readonly OperationFigure[] {
  const against = (clock: DeviceClock['clock'], id: string, index: number): OperationFigure => {
    const isCalibrated = device.clock === clock;
    const points = isCalibrated
      ? narrowestOf(observations.calibrated(), NARROWEST)
      : observations.narrowest(index);
    const method = isCalibrated ? device.method : `the device clock between two readings of ${clock}`;
    return {
      id,
      label: `device clock against ${clock}`,
      unit: 'ppm',
      estimate: rateOf(gpuClockDrift(points, device.counter)),
      method: `${method}; positive: the device counts more time`,
    };
  };
  return [
    against('CLOCK_MONOTONIC', 'driftMonotonic', MONOTONIC),
    against('CLOCK_MONOTONIC_RAW', 'driftRaw', RAW),
    ...tscFigures(tsc, device.counter, {
      raw: observations.narrowest(RAW),
      tsc: tsc.available ? observations.narrowest(TSC) : [],
    }),
  ];
}

function monotonicityFigures(
  { counter }: DeviceClock,
  observations: ClockObservations,
): readonly OperationFigure[] {
  const jumps = clockJumps(observations.calibrated(), counter, LEAST_JUMP_NS);
  const none = { available: false, reason: 'the clocks were read at fewer than two instants' } as const;
  const method = 'change of the distance to the clock of this machine beyond the median rate';
  return [
    {
      id: 'largestJump',
      label: 'largest jump between two readings',
      unit: 'ns',
      estimate: jumps === null ? none : known(jumps.largest),
      method: `${method}, of neighbouring readings; the bounds are the errors of both`,
    },
    {
      id: 'jumps',
      label: `jumps of more than ${LEAST_JUMP_NS / 1e3} µs`,
      unit: 'count',
      estimate: jumps === null ? none : exactly(jumps.count),
      method: `${method}, larger for certain`,
    },
    {
      id: 'monotoneReadings',
      label: 'readings of the device clock, none lower than the one before',
      unit: 'count',
      estimate: exactly(observations.compared()),
      method: 'each compared with the one before; a lower one fails the case',
    },
  ];
}
