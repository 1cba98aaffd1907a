// How late a sleeping thread wakes up: the timer interrupt, which a guest's hypervisor has to deliver, and the way out of
// an idle virtual CPU. What a wait for a device costs, without a device.
import { allOf, compareElements, defineHostBenchmark, type HostContext } from 'guestmark';
import { CLOCK, openStampClock } from 'guestmark/timing';
import { guestLibc, required } from '../parts/guest-machine.ts';
import { distributionFigures, exactly, recentValues } from '../parts/recent-values.ts';

/** The number of clock_nanosleep(2). */
const CLOCK_NANOSLEEP: Readonly<Partial<Record<string, number>>> = { x64: 230, arm64: 115 };
const EINTR = 4;
const PR_SET_TIMERSLACK = 29;
const PR_GET_TIMERSLACK = 30;

export default defineHostBenchmark({
  name: 'sleep-overshoot',
  summary: 'Time of a sleep of so many µs, and by how much it is longer than asked for',
  category: 'host',
  explanation: {
    method:
      'One clock_nanosleep of CLOCK_MONOTONIC, between two stamps of the same clock; the overshoot is the time between them less the sleep. The timer slack of the thread, 50 µs by default, by which the kernel may defer its timers, is 1 ns meanwhile.',
    limit:
      'On bare metal the overshoot is the exit latency of the idle state, 2 to 60 µs. In a guest an idle virtual CPU has halted: its hypervisor must see the timer expire and schedule it, which takes 20 to 100 µs without halt polling, and much longer where its physical CPU is busy.',
    verification: 'No sleep ended before its time, and each one ended without an error.',
    sources: ['clock_nanosleep(2)', 'cyclictest', 'Linux, Documentation/virt/kvm/halt-polling.rst'],
  },
  axes: { us: [50, 1000] },
  suites: { latency: { us: [50] }, host: {} },
  requires: ({ us }) => (us > 0 && us < 1e6 ? null : 'us is not between 1 and 999999'),
  operation: ({ us }, host) => {
    const sleep = sleeper(host, us * 1e3);
    const { nowNs } = required('sleep-overshoot', openStampClock({ clock: 'CLOCK_MONOTONIC' }));
    const slackNs = withoutSlack(host);
    const overshoots = recentValues();
    let [early, failed, interrupted] = [0, 0, 0];
    return {
      // The sleep, and a stamp before and behind it.
      calls: 3,
      run: () => {
        const startNs = nowNs();
        const error = sleep();
        const overshootNs = nowNs() - startNs - us * 1e3;
        if (error === 0) {
          overshoots.add(overshootNs);
          if (overshootNs < 0) early++;
        } else if (error === EINTR) interrupted++;
        else failed++;
      },
      // So that a sample is one sleep, however short.
      reset: () => undefined,
      verify: (count) =>
        allOf(
          compareElements('sleeps', [overshoots.count() + interrupted], [count]),
          compareElements('sleeps that ended early', [early], [0]),
          compareElements('sleeps that failed', [failed], [0]),
        ),
      figures: () => [
        ...distributionFigures(overshoots, {
          id: 'overshoot',
          label: 'overshoot of the sleep',
          method: 'the time between two stamps of CLOCK_MONOTONIC, less the sleep; a stamp is in it',
        }),
        {
          id: 'timerSlack',
          label: 'timer slack of the thread before',
          unit: 'ns',
          estimate: slackNs >= 0 ? exactly(slackNs) : { available: false, reason: 'prctl does not tell it' },
          method: 'prctl(PR_GET_TIMERSLACK); 1 ns during the samples',
        },
      ],
    };
  },
});

/** One sleep: 0, or the error number. */
function sleeper(host: HostContext, ns: number): () => number {
  const { syscall, errno, addressOf } = guestLibc(host);
  const number = required('sleep-overshoot', callNumber());
  // struct timespec { int64 seconds; int64 nanoseconds }, written every time: what nobody names any more is freed.
  const request = new Int32Array(new ArrayBuffer(16));
  const address = addressOf(request.buffer);
  return () => {
    request[2] = ns;
    return syscall(number, CLOCK.MONOTONIC, 0, address, 0, 0) === 0 ? 0 : errno();
  };
}

function callNumber(): Parameters<typeof required<number>>[1] {
  const number = CLOCK_NANOSLEEP[process.arch];
  return number === undefined
    ? { available: false, reason: `the number of clock_nanosleep on ${process.arch} is not known` }
    : { available: true, value: number };
}

/** Takes the slack off this thread until the case ends; returns what it was, or -1. */
function withoutSlack(host: HostContext): number {
  const { prctl } = guestLibc(host);
  const slackNs = prctl(PR_GET_TIMERSLACK, 0);
  if (prctl(PR_SET_TIMERSLACK, 1) === 0 && slackNs > 0)
    host.scope.defer(() => prctl(PR_SET_TIMERSLACK, slackNs));
  return slackNs;
}
