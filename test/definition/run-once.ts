// One iteration of a case on a device, prepared as the suite does it, and what its verification is then given.

import type { Elements, VerifyContext } from '../../src/suite/benchmark.ts';
import type { Case } from '../../src/suite/case-id.ts';
import { type PreparedCase, type PreparedWork, prepareCase } from '../../src/suite/prepare-case.ts';
import type { ComputeDevice } from '../../src/vulkan/compute-device.ts';

/** Fills all buffers and runs the work once, and before it that of the reference. */
export function runOnce(device: ComputeDevice, one: Case): VerifyContext {
  using prepared = prepareCase(device, one, { seed: 1, memoryLimitBytes: 2 ** 30 });
  using reference = prepared.prepareReference();
  const expected = reference === null ? null : outputsOf(device, prepared, reference);
  const outputs = outputsOf(device, prepared, prepared);
  if (prepared.touchedGuard() !== null) throw new Error('the kernel wrote behind a buffer');
  return { inputs: prepared.inputs, outputs, iterations: 1, first: null, reference: expected };
}

function outputsOf(
  device: ComputeDevice,
  prepared: PreparedCase,
  { steps }: PreparedWork,
): Record<string, Elements> {
  prepared.fill();
  using submission = device.record({ steps, iterations: 1, timestamps: false });
  submission.submit();
  submission.wait('block', 20e9);
  submission.reset();
  return Object.fromEntries(prepared.bindings.map(({ name }) => [name, prepared.read(name)]));
}
