// Readings of the device's clock beside a clock of this machine: by the driver, which reads both at once, or with a
// submission that does nothing but write its timestamp, between two stamps. Says nothing of what follows from them.
import type { HostContext } from 'guestmark';
import { type CalibrationPoint, type DeviceCounter, openStampClock, type WallClock } from 'guestmark/timing';
import { check, structArray, vk } from 'guestmark/vulkan';
import { required } from './guest-machine.ts';

/** The device's clock, and the last reading of it. */
export interface DeviceClock {
  /** The clock of this machine beside which it is read. */
  readonly clock: WallClock;
  readonly counter: DeviceCounter;
  /** How both are read, in words. */
  readonly method: string;
  /** Native calls of a reading. */
  readonly calls: number;
  /** Reads both. Allocates nothing where the driver does it. */
  read(): void;
  /** Ticks from the reading before to the last one; negative where the counter ran backwards. */
  step(): number;
  /** How far apart the two clocks may have been read, in ns. */
  deviationNs(): number;
  /** Ticks of the last reading, as a low and a high word of 32 bits. */
  readonly ticks: Uint32Array;
  /** This machine's clock at the last reading, in ns on the scale of {@link nowNs}. */
  cpuNs(): number;
  /** This machine's clock alone. */
  readonly nowNs: () => number;
}

/** What a clock is opened from. */
interface ClockOwner extends Pick<HostContext, 'device' | 'vulkan' | 'stamp' | 'deadlineNs'> {
  readonly scope: Pick<HostContext['scope'], 'use'>;
}

const WORD = 2 ** 32;
/** Places in the numbers of a reading. */
const CPU_NS = 0;
const DEVIATION_NS = 1;

/** What a reading fills: the ticks as two words, and the two numbers. */
type Fill = (ticks: Uint32Array, numbers: Float64Array) => void;

/** The device's clock by the driver's own readings of both; throws `unsupported` where there are none. */
export function openCalibratedClock(name: string, host: ClockOwner): DeviceClock {
  const { commands, handle } = host.vulkan();
  const clock = required(name, host.device.calibratedClock);
  const { epochSeconds, nowNs } = required(name, openStampClock({ clock }));
  const infos = structArray('VkCalibratedTimestampInfoEXT', [
    { timeDomain: vk.VK_TIME_DOMAIN_DEVICE_EXT },
    { timeDomain: TIME_DOMAINS[clock] },
  ]).memory;
  const stamps = new ArrayBuffer(16);
  const deviation = new ArrayBuffer(8);
  const { vkGetCalibratedTimestampsEXT } = commands;
  const words = new Uint32Array(stamps);
  const deviationWords = new Uint32Array(deviation);
  const epochNs = BigInt(epochSeconds) * 1_000_000_000n;
  const epoch = [Number(epochNs & 0xffff_ffffn), Number(epochNs >> 32n)] as const;
  const fill: Fill = (ticks, numbers) => {
    check('vkGetCalibratedTimestampsEXT', vkGetCalibratedTimestampsEXT(handle, 2, infos, stamps, deviation));
    ticks[0] = words[0] as number;
    ticks[1] = words[1] as number;
    numbers[CPU_NS] = ((words[3] as number) - epoch[1]) * WORD + ((words[2] as number) - epoch[0]);
    numbers[DEVIATION_NS] = (deviationWords[1] as number) * WORD + (deviationWords[0] as number);
  };
  return deviceClock(
    host,
    { clock, nowNs, calls: 1 },
    `vkGetCalibratedTimestampsEXT reads the device's clock and ${clock}, right to the deviation that it tells`,
    fill,
  );
}

const TIME_DOMAINS = {
  CLOCK_MONOTONIC: vk.VK_TIME_DOMAIN_CLOCK_MONOTONIC_EXT,
  CLOCK_MONOTONIC_RAW: vk.VK_TIME_DOMAIN_CLOCK_MONOTONIC_RAW_EXT,
} as const;

/** Submission, polls, timestamps and reset, and three looks at clocks of this machine. */
const BRACKETED_CALLS = 7;

/** The device's clock by timestamps of empty submissions, each right to half of its round trip. */
export function openBracketedClock(name: string, host: ClockOwner): DeviceClock {
  const { scope, device, deadlineNs } = host;
  const clock = 'CLOCK_MONOTONIC';
  const { nowNs } = required(name, openStampClock({ clock }));
  host.vulkan();
  const submission = scope.use(device.record({ steps: [], iterations: 1, timestamps: true }));
  const fill: Fill = (ticks, numbers) => {
    const startNs = nowNs();
    submission.submit();
    submission.wait('spin', deadlineNs - host.stamp.nowNs());
    const endNs = nowNs();
    const { begin } = required(name, submission.ticks());
    submission.reset();
    ticks[0] = Number(begin & 0xffff_ffffn);
    ticks[1] = Number(begin >> 32n);
    numbers[CPU_NS] = (startNs + endNs) / 2;
    numbers[DEVIATION_NS] = (endNs - startNs) / 2;
  };
  return deviceClock(
    host,
    { clock, nowNs, calls: BRACKETED_CALLS },
    `an empty submission writes a timestamp between two stamps of ${clock}, right to half of the time between them`,
    fill,
  );
}

function deviceClock(
  { device }: ClockOwner,
  own: Pick<DeviceClock, 'clock' | 'nowNs' | 'calls'>,
  method: string,
  fill: Fill,
): DeviceClock {
  const counter = { validBits: device.timestampValidBits, periodNs: device.timestampPeriodNs };
  const highBits = Number((1n << BigInt(Math.max(0, counter.validBits - 32))) - 1n);
  const last = new Uint32Array(2);
  const ticks = new Uint32Array(2);
  const numbers = new Float64Array(2);
  const read = (): void => {
    last[0] = ticks[0] as number;
    last[1] = ticks[1] as number;
    fill(ticks, numbers);
    // Bits beyond the valid ones mean nothing.
    ticks[1] = (ticks[1] as number) & highBits;
  };
  read();
  return {
    ...own,
    counter,
    method,
    read,
    ticks,
    step: () => nearestStep(stepOf(last, ticks), counter.validBits),
    deviationNs: () => numbers[DEVIATION_NS] as number,
    cpuNs: () => numbers[CPU_NS] as number,
  };
}

function stepOf(from: Uint32Array, to: Uint32Array): number {
  return ((to[1] as number) - (from[1] as number)) * WORD + ((to[0] as number) - (from[0] as number));
}

/** A counter that wrapped did not run backwards: of the two ways around, the shorter one was taken. */
export function nearestStep(step: number, validBits: number): number {
  const wrap = 2 ** validBits;
  if (step < -wrap / 2) return step + wrap;
  return step > wrap / 2 ? step - wrap : step;
}

/** The last reading as a point of a timeline; allocates. */
export function pointOf(clock: DeviceClock): CalibrationPoint {
  return {
    deviceTicks: ticksOf(clock.ticks),
    cpuNs: clock.cpuNs(),
    maxDeviationNs: clock.deviationNs(),
  };
}

/** Ticks out of their two words. */
export function ticksOf(words: Uint32Array, at = 0): bigint {
  return (BigInt(words[at + 1] as number) << 32n) | BigInt(words[at] as number);
}
