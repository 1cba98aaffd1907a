import { describe, expect, it, vi } from 'vitest';
import { GuestmarkError } from '../../src/base/errors.ts';
import type { Benchmark, BufferPlan } from '../../src/suite/benchmark.ts';
import { run, world } from './simulated-world.ts';

const counter = (parts: Partial<BufferPlan>): Partial<Benchmark> => ({
  buffers: { counter: { type: 'u32', elements: () => 1, ...parts } },
});

function fail(): never {
  throw new RangeError('no room');
}

describe('prepareCase()', () => {
  it.each<[string, Partial<Benchmark>]>([
    ['work() of the benchmark failed: no room', { work: fail }],
    ['verify() of the benchmark failed: no room', { verify: fail }],
    ['verify() of the benchmark gives no verification', { verify: () => JSON.parse('null') }],
    ['elements() of buffer "counter" of the benchmark failed: no room', counter({ elements: fail })],
    ['filling buffer "counter" of the benchmark failed: no room', counter({ fill: fail })],
  ])('reports a defect of a benchmark without ending the run: %s', async (state, parts) => {
    const { session } = world();
    const { status, failure } = await run(session, parts);
    expect([status, failure?.kind]).toEqual(['failed', 'error']);
    expect(failure?.message).toBe(`Cannot run count[n=4]: ${state}`);
  });

  it('says which buffer is too large for this machine, and no RangeError alone', async () => {
    const { session } = world();
    const small = session.device.createBuffer({ name: 'counter', bytes: 4, memory: 'device' });
    const device = { ...session.device, createBuffer: () => small };
    const { failure } = await run({ ...session, device }, counter({ elements: () => 2 ** 40 }));
    expect(failure?.message).toMatch(
      /^Cannot run count\[n=4\]: filling buffer "counter" of the benchmark failed: ./,
    );
  });

  it('fills no memory of its own for what the device refuses', async () => {
    const { session } = world();
    const createBuffer = (): never => {
      throw new GuestmarkError('unsupported', 'Cannot create buffer "counter": too large');
    };
    const fill = vi.fn();
    const device = { ...session.device, createBuffer };
    const result = await run({ ...session, device }, counter({ fill }));
    expect(result).toMatchObject({ status: 'skipped', skipReason: expect.stringContaining('too large') });
    expect(fill).not.toHaveBeenCalled();
  });
});
