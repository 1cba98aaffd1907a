import { describe, expect, it } from 'vitest';
import { loadShippedKernel } from '../../src/shader/shipped.ts';
import { openSimulatedDevice, type SimulatedDispatch } from '../../src/vulkan/simulated-device.ts';
import { describeComputeDevice } from './compute-device.contract.ts';
import { describeResources } from './resources.contract.ts';

const COPY = Buffer.from(loadShippedKernel('copy-w4'));

/** What the two kernels of the contract do. */
function execute(spirv: Uint8Array, { buffers }: SimulatedDispatch): void {
  if (COPY.equals(spirv)) {
    buffers.y?.set(buffers.x as Uint8Array);
    return;
  }
  const counter = new Uint32Array((buffers.counter as Uint8Array).buffer);
  counter[0] = (counter[0] as number) + 1;
}

describeComputeDevice('simulated, without clocks', () => ({
  device: openSimulatedDevice({ execute }),
  [Symbol.dispose]: () => undefined,
}));

describeComputeDevice('simulated, with clocks', () => {
  let now = 1000n;
  const tick = (): bigint => {
    now += 10n;
    return now;
  };
  const calibrate = (): { deviceTicks: bigint; cpuNs: bigint; maxDeviationNs: number } => ({
    deviceTicks: tick(),
    cpuNs: now,
    maxDeviationNs: 1,
  });
  return {
    device: openSimulatedDevice({ execute, nowTicks: tick, calibrate }),
    [Symbol.dispose]: () => undefined,
  };
});

describeResources('simulated', () => ({ device: openSimulatedDevice(), [Symbol.dispose]: () => undefined }));

describe('openSimulatedDevice()', () => {
  it('lets a kernel reach into images and guards', () => {
    const device = openSimulatedDevice({
      execute: (_, { buffers, guards }) => {
        buffers.x?.fill(3);
        (guards.y as Uint8Array)[5] = 0;
      },
    });
    const x = device.createImage({ name: 'x', format: 'r8ui', dimensions: '1d', extent: [4, 1, 1] });
    const y = device.createBuffer({ name: 'y', bytes: 4, memory: 'device', guardBytes: 16 });
    y.fillGuard();
    const kernel = device.createKernel(loadShippedKernel('copy-w4'), {});
    const step = { op: 'dispatch', kernel, buffers: { x, y }, push: {}, groups: [1, 1, 1] } as const;
    device.record({ steps: [step], iterations: 1, timestamps: false }).submit();
    const texels = new Uint8Array(4);
    x.read(texels);
    expect([...texels]).toEqual([3, 3, 3, 3]);
    expect(y.firstTouchedGuardByte()).toBe(5);
  });

  it('refuses a submission whose fence was not reset, as validation would', () => {
    const submission = openSimulatedDevice().record({ steps: [], iterations: 1, timestamps: false });
    submission.submit();
    expect(() => submission.submit()).toThrow('the fence was not reset');
  });
});
