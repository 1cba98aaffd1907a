// The host's clock through KVM's PTP device (Linux: ptp_kvm), where the guest has one: host time against
// guest time without a network. Layouts and request numbers are those of linux/ptp_clock.h.
import { closeSync, constants, openSync } from 'node:fs';
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import { type Libc, openLibc } from './libc.ts';

/** Host and guest at one instant; ns of the clocks themselves, so that two readings can be subtracted. */
export interface PtpReading {
  /** The host's CLOCK_REALTIME: its administrator can set it, so a jump of it says nothing of the guest. */
  readonly hostNs: bigint;
  readonly guestRealtimeNs: bigint;
  /** CLOCK_MONOTONIC_RAW of the guest, which only the cross time stamp gives. */
  readonly guestRawNs: Available<bigint>;
  /** The instants are this far apart at most. */
  readonly boundNs: number;
}

/** An ioctl of the PTP device, by its number and the size of its argument. */
export interface PtpRequest {
  readonly request: number;
  readonly bytes: number;
}

/** struct ptp_clock_time: s64 seconds, u32 nanoseconds, u32 reserved. */
const TIME_BYTES = 16;
/** u32 n_samples, u32 reserved[3]. */
const HEAD_BYTES = 16;
const MAX_SAMPLES = 25;
const WRITE = 1;
const READ_WRITE = 3;

/** PTP_SYS_OFFSET, struct ptp_sys_offset: the head, then guest, host, guest, … and a last guest time. */
export const SYS_OFFSET: PtpRequest = ptpRequest(WRITE, HEAD_BYTES + (2 * MAX_SAMPLES + 1) * TIME_BYTES, 5);
/** PTP_SYS_OFFSET_PRECISE: host, guest CLOCK_REALTIME, guest CLOCK_MONOTONIC_RAW, u32 reserved[4]. */
export const SYS_OFFSET_PRECISE: PtpRequest = ptpRequest(READ_WRITE, 3 * TIME_BYTES + 16, 8);

/** As the kernel composes it on x86 and Arm: direction, size of the argument, type '=', number. */
function ptpRequest(direction: number, bytes: number, number: number): PtpRequest {
  return { request: ((direction << 30) | (bytes << 16) | ('='.charCodeAt(0) << 8) | number) >>> 0, bytes };
}

const PTP_FOLDER = '/sys/class/ptp';
const KVM_CLOCK_NAME = 'KVM virtual PTP';

/** The device file of KVM's clock, or why there is none. */
export function findKvmPtp(files: SystemFiles): Available<string> {
  const names = files.list(PTP_FOLDER);
  if (!names.available) return unavailable(`no PTP clock (${names.reason})`);
  const isKvm = (name: string): boolean => {
    const clockName = files.read(`${PTP_FOLDER}/${name}/clock_name`);
    return clockName.available && clockName.value.includes(KVM_CLOCK_NAME);
  };
  const found = names.value.find(isKvm);
  return found === undefined
    ? unavailable(`none of the PTP clocks (${names.value.join(', ') || 'none'}) is "${KVM_CLOCK_NAME}"`)
    : available(`/dev/${found}`);
}

/** Reads host and guest time once, by the cross time stamp where the kernel gives it, else between guest times. */
export function readPtp(device: string): Available<PtpReading> {
  const libc = openLibc();
  if (!libc.available) return libc;
  if (!['x64', 'arm64'].includes(process.arch))
    return unavailable(`the requests are those of x86 and Arm, not ${process.arch}`);
  let fd: number;
  try {
    fd = openSync(device, constants.O_RDONLY);
  } catch (error) {
    return unavailable(`${device}: ${(error as NodeJS.ErrnoException).code ?? 'cannot be opened'}`);
  }
  try {
    const precise = ask(libc.value, fd, SYS_OFFSET_PRECISE, 0);
    if (precise.available) return available(parsePreciseOffset(precise.value));
    const between = ask(libc.value, fd, SYS_OFFSET, MAX_SAMPLES);
    return mapAvailable(between, (bytes) => parseSysOffset(bytes, MAX_SAMPLES));
  } finally {
    closeSync(fd);
  }
}

function ask(libc: Libc, fd: number, { bytes, request }: PtpRequest, samples: number): Available<DataView> {
  const argument = new DataView(new ArrayBuffer(bytes));
  argument.setUint32(0, samples, true);
  const status = libc.ioctl(fd, request, libc.addressOf(argument.buffer));
  return status === 0 ? available(argument) : unavailable(`the PTP clock refuses (errno ${libc.errno()})`);
}

/** Reads what PTP_SYS_OFFSET filled in: the host time with the nearest guest times around it. */
export function parseSysOffset(bytes: DataView, samples: number): PtpReading {
  const at = (index: number): bigint => timeAt(bytes, HEAD_BYTES + index * TIME_BYTES);
  let [nearest, leastNs] = [0, Number.POSITIVE_INFINITY];
  for (let sample = 0; sample < samples; sample++) {
    const windowNs = Number(at(2 * sample + 2) - at(2 * sample));
    if (windowNs < leastNs) [nearest, leastNs] = [sample, windowNs];
  }
  return {
    hostNs: at(2 * nearest + 1),
    guestRealtimeNs: (at(2 * nearest) + at(2 * nearest + 2)) / 2n,
    guestRawNs: unavailable('the kernel gives no cross time stamp'),
    boundNs: leastNs / 2,
  };
}

/** Reads what PTP_SYS_OFFSET_PRECISE filled in: all three belong to one reading of the CPU's counter. */
export function parsePreciseOffset(bytes: DataView): PtpReading {
  return {
    hostNs: timeAt(bytes, 0),
    guestRealtimeNs: timeAt(bytes, TIME_BYTES),
    guestRawNs: available(timeAt(bytes, 2 * TIME_BYTES)),
    boundNs: 1,
  };
}

function timeAt(bytes: DataView, offset: number): bigint {
  return bytes.getBigInt64(offset, true) * 1_000_000_000n + BigInt(bytes.getUint32(offset + 8, true));
}
