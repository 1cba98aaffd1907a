// The two ways of a round trip by themselves: until the device starts, and from its end until the waiting thread is back.
// A guest pays for them in different places, and a round trip does not say in which.
import { allOf, compareElements, defineHostBenchmark, type HostContext } from 'guestmark';
import type { DeviceBuffer, Submission } from 'guestmark/vulkan';
import { openCalibratedClock } from '../parts/device-clock.ts';
import { oneWayTimes } from '../parts/one-way-times.ts';

export default defineHostBenchmark({
  name: 'one-way',
  summary: 'From before the submit call until the device starts, and from its end until the wait returned',
  category: 'host',
  explanation: {
    method:
      'One submission of one dispatch of one invocation with a timestamp before and behind it, and one blocking wait. Both clocks are read together before and after every round trip, and the timestamps are placed on the scale of this machine between the two readings.',
    limit:
      'Dispatch: the driver, the doorbell and the front end of the device; a doorbell that the hypervisor traps shows here. Completion: the interrupt and the wake-up of the waiting thread, which in a guest also has to wake its virtual CPU. Neither is known better than the deviation of the two clocks.',
    verification:
      'No way is shorter than zero or longer than the round trip, within its own uncertainty, for every round trip; and the kernel adds one to a counter without an atomic, which equals the number of round trips.',
    sources: ['Vulkan specification, vkGetCalibratedTimestampsEXT', 'clpeak, kernel latency'],
  },
  axes: {},
  suites: { latency: {}, host: {} },
  items: () => 1,
  operation: (_, host) => {
    const clock = openCalibratedClock('one-way', host);
    const { submission, counter } = incrementing(host);
    const { nowNs } = clock;
    const ways = oneWayTimes(clock);
    const stamps = new Float64Array(2);
    return {
      // Submit and wait, and a stamp before and behind them.
      calls: 4,
      run: () => {
        stamps[0] = nowNs();
        submission.submit();
      },
      wait: () => {
        submission.wait('block', 10e9);
        stamps[1] = nowNs();
      },
      reset: () => {
        ways.place(submission.ticks(), stamps[0] as number, stamps[1] as number);
        submission.reset();
      },
      ticks: submission.ticks,
      verify: (count) =>
        allOf(
          compareElements('counter', counterOf(counter), [count >>> 0]),
          compareElements('round trips whose ways cannot be', [ways.contradictions()], [0]),
          compareElements('round trips without a place on the clock', [ways.unplaced()], [0]),
          compareElements('round trips', [ways.placed()], [count]),
        ),
      figures: ways.figures,
    };
  },
});

/** A submission that adds one to a counter of 32 bits. */
function incrementing({ scope, device, kernel: shipped }: HostContext): {
  readonly submission: Submission;
  readonly counter: DeviceBuffer;
} {
  const counter = scope.use(device.createBuffer({ name: 'counter', bytes: 4, memory: 'device' }));
  counter.write(new Uint8Array(4));
  const kernel = scope.use(device.createKernel(shipped('increment'), {}));
  const submission = scope.use(
    device.record({
      steps: [{ op: 'dispatch', kernel, buffers: { counter }, push: {}, groups: [1, 1, 1] }],
      iterations: 1,
      timestamps: true,
    }),
  );
  return { submission, counter };
}

function counterOf(buffer: DeviceBuffer): Uint32Array {
  const bytes = new Uint8Array(4);
  buffer.read(bytes);
  return new Uint32Array(bytes.buffer);
}
