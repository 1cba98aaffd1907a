// The kernels of a case on a simulated device: made once, and told apart by all that changes them.
import { describe, expect, it, vi } from 'vitest';
import { Scope } from '../../src/base/scope.ts';
import { loadShippedKernel } from '../../src/shader/shipped.ts';
import { caseKernels, type Dispatch } from '../../src/suite/case-kernels.ts';
import { openSimulatedDevice } from '../../src/vulkan/simulated-device.ts';

const dispatch = (parts: Partial<Dispatch> = {}): Dispatch => ({
  op: 'dispatch',
  shader: 'copy-w4',
  groups: [1, 1, 1],
  ...parts,
});

describe('caseKernels()', () => {
  it('makes one kernel for all steps that differ in what is bound, pushed or dispatched', () => {
    using scope = new Scope();
    const kernels = caseKernels(openSimulatedDevice({}), scope);
    const first = kernels.of(dispatch({ constants: { WORKGROUP_SIZE: 64, UNROLL: 2 } }));
    const other = dispatch({
      constants: { UNROLL: 2, WORKGROUP_SIZE: 64 },
      push: { n: 8 },
      groups: [2, 1, 1],
      buffers: { y: 'z' },
    });
    expect(kernels.of(other)).toBe(first);
    expect(kernels.count()).toBe(1);
  });

  it('makes another one for another shader, constant or entry point', () => {
    using scope = new Scope();
    const kernels = caseKernels(openSimulatedDevice({}), scope);
    const spirv = loadShippedKernel('copy-w4');
    const steps = [
      dispatch(),
      dispatch({ shader: 'copy-w2' }),
      dispatch({ shader: spirv }),
      dispatch({ shader: spirv, entryPoint: 'main' }),
      dispatch({ constants: { WORKGROUP_SIZE: 64 } }),
      dispatch({ constants: { WORKGROUP_SIZE: 128 } }),
      dispatch({ constants: { WORKGROUP_SIZE: 128n } }),
      ...[0, -0, Number.NaN, Number.POSITIVE_INFINITY].map((UNROLL) => dispatch({ constants: { UNROLL } })),
    ];
    expect(new Set(steps.map(kernels.of)).size).toBe(steps.length);
    expect(kernels.count()).toBe(steps.length);
  });

  it('leaves them to the scope', () => {
    const device = openSimulatedDevice({});
    const free = vi.fn();
    const createKernel: typeof device.createKernel = (...given) => ({
      ...device.createKernel(...given),
      [Symbol.dispose]: free,
    });
    {
      using scope = new Scope();
      caseKernels({ ...device, createKernel }, scope).of(dispatch());
      expect(free).not.toHaveBeenCalled();
    }
    expect(free).toHaveBeenCalledTimes(1);
  });
});
