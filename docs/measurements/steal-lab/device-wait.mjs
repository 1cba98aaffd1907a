// A wait for a device whose device is a timer: it needs no CPU, and when it is done is known exactly. The host
// works for about 5 ms, submits, and waits 20 ms for an absolute deadline. Steal during the wait is hidden, so
// subtracting the steal of the CPU, or of all CPUs, gives less than the device alone took.
//
//   node docs/measurements/steal-lab/device-wait.mjs [PASSES] [ROUNDS] [DISPATCHES]   (after `npm run build`)
//
// Prints one JSON object: a pass has DISPATCHES of them. In the steal lab it also reads Xen's run states of its
// own vCPU at every boundary: the truth to judge by, which nothing else here looks at.
import { closeSync, openSync, readFileSync } from 'node:fs';
import {
  correctDispatch,
  dispatchSteal,
  openSnapshotClock,
  openStampClock,
  probeTiming,
  readingOffsets,
  tickLength,
} from 'guestmark/timing';
import koffi from 'koffi';

const [passes, rounds, dispatches] = [3, 700_000, 80].map((usual, i) => Number(process.argv[2 + i] ?? usual));
const DEVICE_NS = 20e6;

const c = koffi.load(null);
const addressOf = (memory) => Number(koffi.address(memory));

/** The wait: until an absolute instant, so that steal before it begins cannot make the device slower. */
const sleepUntil = (() => {
  const nanosleep = c.func('int clock_nanosleep(int clock, int flags, uintptr_t until, uintptr_t left)');
  const until = new BigInt64Array(2);
  const [MONOTONIC, ABSOLUTE] = [1, 1];
  return (ns) => {
    until[0] = BigInt(Math.floor(ns / 1e9));
    until[1] = BigInt(Math.floor(ns % 1e9));
    while (nanosleep(MONOTONIC, ABSOLUTE, addressOf(until.buffer), 0) !== 0);
  };
})();

/** Xen's counters of vCPU 0: [ns running, ns runnable but not running]; null where there is no such device. */
function openXen() {
  const path = '/dev/xen/privcmd';
  try {
    closeSync(openSync(path, 'r+'));
  } catch {
    return () => null;
  }
  const fd = openSync(path, 'r+');
  const ioctl = c.func('int ioctl(int fd, unsigned long request, uintptr_t argument)');
  const [HYPERCALL, VCPU_OP, GET_RUNSTATE_INFO] = [0x305000, 24n, 4n];
  const state = new BigUint64Array(6);
  const call = new BigUint64Array([VCPU_OP, GET_RUNSTATE_INFO, 0n, BigInt(addressOf(state.buffer)), 0n, 0n]);
  return () => {
    state.fill(0n); // Xen writes to the page without faulting it in
    if (ioctl(fd, HYPERCALL, addressOf(call.buffer)) !== 0) throw new Error('Xen refuses its run states');
    return [Number(state[2]), Number(state[3])];
  };
}

/** Steal of every CPU in ms, as a tool of the naive kind reads it. */
function stealMs() {
  const rows = readFileSync('/proc/stat', 'utf8').matchAll(/^cpu(\d+) (?:\d+ ){7}(\d+)/gm);
  return Object.fromEntries(
    [...rows].map(([, cpu, ticks]) => [cpu, (Number(ticks) * tickLength().tickNs) / 1e6]),
  );
}

function work(count) {
  let x = 1;
  for (let i = 0; i < count; i++) x = (Math.imul(x, 1664525) + 1013904223) | 0;
  return x;
}

const { clock } = openSnapshotClock();
const { verdict } = probeTiming();
const stamp = openStampClock({ clock: 'CLOCK_MONOTONIC', epochSeconds: 0 }).value;
const readXen = openXen();

/** Xen's counters with the instants that enclose the reading: [not before, not after, running, runnable]. */
function witnessed() {
  const earliestNs = stamp.nowNs();
  const counters = readXen();
  return counters === null ? null : [earliestNs, stamp.nowNs(), ...counters];
}

/** One dispatch: the instants in ns of CLOCK_MONOTONIC, the ledger's readings, and Xen's counters. */
function dispatch() {
  const from = clock.newSnapshot();
  const between = { wallNs: 0, cpuNs: 0, voluntarySwitches: 0, widthNs: 0 };
  const to = clock.newSnapshot();
  const xen = [witnessed()];
  clock.take(from);
  const submitStartNs = stamp.nowNs();
  work(rounds);
  const submitEndNs = stamp.nowNs();
  clock.takeBrief(between);
  xen.push(witnessed());
  sleepUntil(submitEndNs + DEVICE_NS);
  const waitEndNs = stamp.nowNs();
  clock.take(to);
  xen.push(witnessed());
  return { readings: { from, between, to }, instants: { submitStartNs, submitEndNs, waitEndNs }, xen };
}

/** As if every moment in which steal counts had been stolen: the scheduler may have charged too little. */
const ALL = { lowNs: 0, highNs: Number.POSITIVE_INFINITY };

/** What guestmark makes of a dispatch: by the scheduler's charge, and the least that any steal leaves. */
function corrected({ readings, instants }) {
  const steal = dispatchSteal(readings, clock, verdict);
  if (!steal.available) throw new Error(steal.reason);
  const startNs = instants.submitEndNs;
  const device = { startNs, endNs: startNs + DEVICE_NS, uncertaintyNs: 0 };
  const window = { ...instants, device, offsets: readingOffsets(readings, instants) };
  const { lowNs, highNs } = correctDispatch(window, steal.value, DEVICE_NS);
  const least = correctDispatch(window, { submit: ALL, wait: ALL, whole: ALL }, DEVICE_NS);
  return { ...instants, deviceEndNs: device.endNs, lowNs, highNs, floorNs: least.lowNs };
}

function pass() {
  const before = stealMs();
  const made = Array.from({ length: dispatches }, dispatch);
  work(rounds * 2); // the kernel books steal at ticks
  const after = stealMs();
  return {
    stealMs: Object.fromEntries(Object.keys(after).map((cpu) => [cpu, after[cpu] - (before[cpu] ?? 0)])),
    dispatches: made.map((one) => ({ ...corrected(one), xen: one.xen })),
  };
}

dispatch(); // compiles
const told = {
  tier: verdict.tier,
  clock: clock.name,
  deviceNs: DEVICE_NS,
  tickMs: tickLength().tickNs / 1e6,
};
process.stdout.write(`${JSON.stringify({ ...told, passes: Array.from({ length: passes }, pass) })}\n`);
