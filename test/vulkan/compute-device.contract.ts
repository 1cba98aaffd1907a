// What every ComputeDevice must do, run on the simulated one and on real ones under every binding.
import { afterAll, describe, expect, it } from 'vitest';
import { loadShippedKernel } from '../../src/shader/shipped.ts';
import type { ComputeDevice, DeviceStep, Submission } from '../../src/vulkan/compute-device.ts';

/** A device to test, and what it must be closed with. */
export interface DeviceUnderTest extends Disposable {
  readonly device: ComputeDevice;
}

const N = 4096;
const bytes = (array: Float32Array | Uint32Array): Uint8Array => new Uint8Array(array.buffer);

/** Declares the contract for one implementation. */
export function describeComputeDevice(name: string, open: () => DeviceUnderTest): void {
  describe(`ComputeDevice (${name})`, () => {
    const opened = open();
    const { device } = opened;
    afterAll(() => opened[Symbol.dispose]());

    const run = (submission: Submission): void => {
      submission.submit();
      submission.wait('block', 10e9);
    };

    const copySteps = (value: Float32Array): { steps: DeviceStep[]; read: () => Float32Array } => {
      const x = device.createBuffer({ name: 'x', bytes: 4 * N, memory: 'device' });
      const y = device.createBuffer({ name: 'y', bytes: 4 * N, memory: 'device' });
      x.write(bytes(value));
      const kernel = device.createKernel(loadShippedKernel('copy-w4'), { WORKGROUP_SIZE: 64 });
      const steps: DeviceStep[] = [
        { op: 'dispatch', kernel, buffers: { x, y }, push: { n: N }, groups: [N / 4 / 64, 1, 1] },
      ];
      const read = (): Float32Array => {
        const into = new Float32Array(N);
        y.read(bytes(into));
        return into;
      };
      return { steps, read };
    };

    const DATA = Float32Array.from({ length: N }, (_, i) => Math.fround(i / 7));

    it.each(['device', 'upload', 'download'] as const)(
      'reads back what was written to %s memory',
      (memory) => {
        using buffer = device.createBuffer({ name: 'buffer', bytes: 4 * N, memory });
        buffer.write(bytes(DATA));
        const into = new Float32Array(N);
        buffer.read(bytes(into));
        expect(into).toEqual(DATA);
      },
    );

    it('runs a kernel with its constants, push constants and buffers by name', () => {
      const { steps, read } = copySteps(DATA);
      using submission = device.record({ steps, iterations: 1, timestamps: false });
      run(submission);
      expect(read()).toEqual(DATA);
    });

    it('runs the steps in order, as often as asked, again and again', () => {
      using counter = device.createBuffer({ name: 'counter', bytes: 4, memory: 'device' });
      using kernel = device.createKernel(loadShippedKernel('increment'), {});
      const increment: DeviceStep = {
        op: 'dispatch',
        kernel,
        buffers: { counter },
        push: {},
        groups: [1, 1, 1],
      };
      const steps: DeviceStep[] = [{ op: 'fill', buffer: counter, value: 100 }, increment, increment];
      using submission = device.record({ steps, iterations: 3, timestamps: false });
      for (let i = 0; i < 5; i++) {
        run(submission);
        submission.reset();
      }
      const into = new Uint32Array(1);
      counter.read(bytes(into));
      expect(into[0]).toBe(102);
    });

    it('copies buffers', () => {
      using from = device.createBuffer({ name: 'from', bytes: 4 * N, memory: 'upload' });
      using to = device.createBuffer({ name: 'to', bytes: 4 * N, memory: 'download' });
      from.write(bytes(DATA));
      using submission = device.record({
        steps: [{ op: 'copy', from, to, bytes: 4 * N }],
        iterations: 1,
        timestamps: false,
      });
      run(submission);
      const into = new Float32Array(N);
      to.read(bytes(into));
      expect(into).toEqual(DATA);
    });

    it('dispatches indirectly, with counts from a buffer', () => {
      using counter = device.createBuffer({ name: 'counter', bytes: 4, memory: 'device' });
      using counts = device.createBuffer({ name: 'counts', bytes: 16, memory: 'device' });
      counter.write(bytes(new Uint32Array([0])));
      counts.write(bytes(new Uint32Array([99, 1, 1, 1])));
      using kernel = device.createKernel(loadShippedKernel('increment'), {});
      const step: DeviceStep = {
        op: 'dispatch',
        kernel,
        buffers: { counter },
        push: {},
        groups: { buffer: counts, offset: 4 },
      };
      using submission = device.record({ steps: [step], iterations: 1, timestamps: false });
      run(submission);
      const into = new Uint32Array(1);
      counter.read(bytes(into));
      expect(into[0]).toBe(1);
    });

    it('accepts an empty submission', () => {
      using submission = device.record({ steps: [], iterations: 1, timestamps: false });
      run(submission);
      submission.reset();
      run(submission);
    });

    it('gives timestamps in order, or says why it has none', () => {
      const { steps } = copySteps(DATA);
      using submission = device.record({ steps, iterations: 4, timestamps: true });
      run(submission);
      const ticks = submission.ticks();
      if (device.timestampValidBits === 0) expect(ticks.available).toBe(false);
      else expect(ticks.available && ticks.value.end >= ticks.value.begin).toBe(true);
    });

    it('says that a submission without timestamps has none', () => {
      using submission = device.record({ steps: [], iterations: 1, timestamps: false });
      run(submission);
      expect(submission.ticks().available).toBe(false);
    });

    it('reads both clocks forward, or says why it cannot', () => {
      const [first, second] = [device.calibrate(), device.calibrate()];
      expect(first.available).toBe(device.calibratedClock.available);
      if (first.available && second.available)
        expect(second.value.cpuNs).toBeGreaterThanOrEqual(first.value.cpuNs);
    });
  });
}
