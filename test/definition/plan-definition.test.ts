import { describe, expect, it } from 'vitest';
import { planDefinition } from '../../src/definition/plan-definition.ts';
import { floats, leastDevice, SAMPLE_STATEMENTS, said, sampleExpandable } from './sample-definition.ts';

const MIB = 2 ** 20;

describe('planDefinition()', () => {
  it('gives every case its sizes, in the order in which they run', () => {
    const plan = planDefinition(
      sampleExpandable([...SAMPLE_STATEMENTS, said('axis WORKGROUP_SIZE = 64, 256', '--axis')]),
      null,
    );
    expect(plan.cases.map(({ id }) => id)).toEqual([
      'saxpy[n=1Mi,WORKGROUP_SIZE=64]',
      'saxpy[n=1Mi,WORKGROUP_SIZE=256]',
      'saxpy[n=64Mi,WORKGROUP_SIZE=64]',
      'saxpy[n=64Mi,WORKGROUP_SIZE=256]',
    ]);
    expect(plan.totalCases).toBe(4);
    expect(plan.cases[1]?.dispatch).toEqual({
      localSize: [256, 1, 1],
      workgroups: [4096, 1, 1],
      invocations: MIB,
      bindings: [
        { name: 'x', bytes: 4 * MIB, elements: MIB, extent: null },
        { name: 'y', bytes: 4 * MIB, elements: MIB, extent: null },
      ],
      memoryBytes: 8 * MIB,
      movedBytes: 12 * MIB,
      flops: 2 * MIB,
      flopsPerByte: 1 / 6,
      push: { n: [MIB], a: [2] },
      constants: { WORKGROUP_SIZE: 256 },
    });
  });

  it('names the limits that a case exceeds, and the axis to lower with a value that fits', () => {
    const { cases, obstacles } = planDefinition(sampleExpandable(), leastDevice());
    expect(obstacles).toEqual([]);
    expect(cases[0]?.obstacles).toEqual([]);
    expect(cases[1]?.obstacles).toMatchObject([
      {
        what: 'maxComputeWorkGroupCount[0]',
        needed: 2 ** 18,
        limit: 65535,
        axis: 'n',
        fittingValue: 8 * MIB,
      },
      { what: 'maxStorageBufferRange', needed: 2 ** 28, binding: 'x', axis: 'n', fittingValue: 32 * MIB },
      { what: 'maxStorageBufferRange', binding: 'y', axis: 'n' },
    ]);
    expect(cases[1]?.obstacles[1]).toMatchObject({
      message: '"x" takes 256 MiB, more than maxStorageBufferRange (128 MiB)',
      hint: 'lower n (32Mi fits), or split it into several buffers',
    });
  });

  it('names the axis with the largest effect, and none where none helps', () => {
    const squared = sampleExpandable([
      said('axis m = 1000', '--axis'),
      said('axis n = 2Ki', '--axis'),
      said('elements x = m * n * n / 16', '--pragma'),
      said('items n', '--pragma'),
      said('set a = m', '--pragma'),
    ]);
    const needsMore = planDefinition(squared, leastDevice()).cases[0]?.obstacles;
    expect(needsMore).toMatchObject([
      { binding: 'x', axis: 'n', fittingValue: 512 },
      { what: expect.stringContaining('heap') },
    ]);
    const fixed = sampleExpandable([said('set a = 1', '--pragma'), said('elements x = 1Gi', '--pragma')]);
    expect(planDefinition(fixed, leastDevice()).cases[0]?.obstacles[0]).toMatchObject({
      binding: 'x',
      axis: null,
      hint: 'split it into several buffers',
    });
  });

  it('tells the bytes where rounding hides the difference', () => {
    const one = sampleExpandable([said('set a = 1', '--pragma'), said('elements x = 32Mi + 1', '--pragma')]);
    expect(planDefinition(one, leastDevice()).cases[0]?.obstacles[0]?.message).toBe(
      '"x" takes 134217732 bytes, more than maxStorageBufferRange (134217728 bytes)',
    );
  });

  it('lowers the workgroup size where that is too large, and not where it would make more workgroups', () => {
    const one = sampleExpandable([...SAMPLE_STATEMENTS, said('axis WORKGROUP_SIZE = 1Ki', '--axis')]);
    const obstacles = planDefinition(one, leastDevice()).cases[1]?.obstacles;
    expect(obstacles?.map(({ what, axis }) => [what, axis])).toEqual([
      ['maxComputeWorkGroupCount[0]', 'n'],
      ['maxComputeWorkGroupSize[0]', 'WORKGROUP_SIZE'],
      ['maxComputeWorkGroupInvocations', 'WORKGROUP_SIZE'],
      ['maxStorageBufferRange', 'n'],
      ['maxStorageBufferRange', 'n'],
    ]);
  });

  it('counts what all bindings take against the memory of the device', () => {
    const { cases } = planDefinition(
      sampleExpandable(),
      leastDevice({ maxStorageBufferRange: 2 ** 32 - 1, maxComputeWorkGroupCount: [2 ** 31, 1, 1] }),
    );
    expect(cases[1]?.obstacles).toEqual([]);
    const more = sampleExpandable([...SAMPLE_STATEMENTS, said('axis n = 128Mi', '--axis')]);
    const device = leastDevice({
      maxStorageBufferRange: 2 ** 32 - 1,
      maxComputeWorkGroupCount: [2 ** 31, 1, 1],
    });
    expect(planDefinition(more, device).cases[0]?.obstacles).toMatchObject([
      { needed: 2 ** 30, limit: 0.75 * 2 ** 30, axis: 'n', fittingValue: 64 * MIB },
    ]);
  });

  it.each([
    ['a division by zero', 'elements x = n / (k - 1)', 'Cannot evaluate "n / (k - 1)": it divides by zero'],
    ['a size that is not whole', 'elements x = n / 3 / k', 'Cannot size binding "x"'],
    ['no invocations', 'items n * (k - 1)', 'items = n * (k - 1) is 0'],
    ['a negative amount', 'flops 0 - n * k', 'Cannot count flops'],
  ])('makes of %s a case with a problem', (_, statement, problem) => {
    const one = sampleExpandable([
      said('axis k = 1, 3', '--axis'),
      said('axis n = 1Ki', '--axis'),
      said('set a = k', '--pragma'),
      said(statement, '--pragma'),
    ]);
    const [first] = planDefinition(one, leastDevice()).cases;
    expect(first?.problem).toContain(problem);
    expect(first?.dispatch).toBeNull();
  });

  it('makes of what a function of a module throws a case with a problem', () => {
    const items = (): number => {
      throw new TypeError('n is not iterable');
    };
    const [first] = planDefinition(sampleExpandable(SAMPLE_STATEMENTS, {}, { items }), null).cases;
    expect(first?.problem).toContain('a function of the benchmark failed: n is not iterable');
  });

  it('names what stands in the way of every case once', () => {
    const sampler = { ...floats('tex', 2, 'read'), kind: 'combined-image-sampler' as const };
    const one = sampleExpandable(
      [...SAMPLE_STATEMENTS, said('requires VK_KHR_shader_clock', 'saxpy.comp:9')],
      {
        capabilities: ['Shader', 'Float64'],
        bindings: [floats('x', 0, 'read'), floats('y', 1, 'read-write'), sampler],
        pushConstantBytes: 256,
        sharedBytes: 32768,
        spirvVersion: '1.6',
      },
    );
    expect(planDefinition(one, leastDevice()).obstacles.map(({ what }) => what)).toEqual([
      'combined-image-sampler',
      'Float64',
      'SPIR-V',
      'VK_KHR_shader_clock',
      'maxPushConstantsSize',
      'maxComputeSharedMemorySize',
    ]);
    // What guestmark itself cannot do, no device can.
    expect(planDefinition(one, null).obstacles.map(({ binding }) => binding)).toEqual(['tex']);
  });

  it('plans the first thousand of very many cases', () => {
    const one = sampleExpandable([
      said('axis n = 1..500', '--axis'),
      said('axis k = 1..500', '--axis'),
      said('set a = k', '--pragma'),
    ]);
    const plan = planDefinition(one, leastDevice());
    expect(plan.totalCases).toBe(250_000);
    expect(plan.cases).toHaveLength(1000);
    expect(plan.cases.at(-1)?.id).toBe('saxpy[n=2,k=500,WORKGROUP_SIZE=256]');
  });
});
