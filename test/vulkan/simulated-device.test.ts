import { describe, expect, it } from 'vitest';
import { loadShippedKernel } from '../../src/shader/shipped.ts';
import { openSimulatedDevice, type SimulatedDispatch } from '../../src/vulkan/simulated-device.ts';
import { describeComputeDevice } from './compute-device.contract.ts';

const COPY = Buffer.from(loadShippedKernel('copy'));

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

describe('openSimulatedDevice()', () => {
  it('refuses a submission whose fence was not reset, as validation would', () => {
    const submission = openSimulatedDevice().record({ steps: [], iterations: 1, timestamps: false });
    submission.submit();
    expect(() => submission.submit()).toThrow('the fence was not reset');
  });
});
