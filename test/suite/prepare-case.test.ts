import { describe, expect, it, vi } from 'vitest';
import { GuestmarkError } from '../../src/base/errors.ts';
import type { Benchmark, BufferPlan, Elements } from '../../src/suite/benchmark.ts';
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

  it('says that a case does not fit the device before anything is created', async () => {
    const { session } = world();
    const createBuffer = vi.fn();
    const device = { ...session.device, createBuffer };
    const result = await run({ ...session, device }, counter({ elements: () => 2 ** 30 }));
    const state = "its buffers take 4.00 GiB and the device's largest memory heap has 1.00 GiB";
    expect(result.skipReason).toBe(`Cannot run count[n=4]: ${state}; lower the axis n`);
    expect(createBuffer).not.toHaveBeenCalled();
  });

  it('gives images, uniform buffers and every element type to the device', async () => {
    const { session } = world();
    const created: unknown[] = [];
    const note = <T>(request: T): T => {
      created.push(request);
      return request;
    };
    const device: typeof session.device = {
      ...session.device,
      createBuffer: (request) => session.device.createBuffer(note(request)),
      createImage: (request) => session.device.createImage(note(request)),
    };
    const seen: Record<string, Elements> = {};
    const result = await run(
      { ...session, device },
      {
        buffers: {
          counter: { type: 'u32', elements: () => 1 },
          d: {
            type: 'f64',
            elements: () => 3,
            usage: 'uniform',
            guardBytes: 8,
            fill: (into) => into.fill(0.1),
          },
          i: { type: 'i8', elements: () => 5, fill: (into) => into.fill(-3) },
          img: {
            type: 'u8',
            elements: () => 2 * 3 * 4,
            image: { format: 'rgba8', dimensions: '2d', extent: () => [2, 3, 1] as const },
            fill: (into) => into.set(Uint8Array.from(into, (_, index) => 10 * index)),
          },
        },
        verify: (_, { outputs }) => {
          Object.assign(seen, outputs);
          return { ok: true, checked: 1 };
        },
      },
    );
    expect(result).toMatchObject({ status: 'ok', failure: null });
    expect(created.slice(1)).toEqual([
      { name: 'd', bytes: 24, memory: 'device', usage: 'uniform', guardBytes: 8 },
      { name: 'i', bytes: 5, memory: 'device', usage: 'storage', guardBytes: 0 },
      { name: 'img', format: 'rgba8', dimensions: '2d', extent: [2, 3, 1] },
    ]);
    expect(seen.d).toEqual(Float64Array.of(0.1, 0.1, 0.1));
    expect(seen.i).toEqual(new Int8Array(5).fill(-3));
    expect(seen.img?.[23]).toBe(230);
  });

  it('says that the elements of an image are not its texels times their components', async () => {
    const { session } = world();
    const image = { format: 'r32f', dimensions: '1d', extent: () => [4, 1, 1] as const } as const;
    const { failure } = await run(session, counter({ elements: () => 5, image }));
    expect(failure?.message).toBe(
      'Cannot run count[n=4]: image "counter" has 5 elements of u32, which are 20 bytes, and its 4 × 1 × 1 texels of r32f are 16',
    );
  });

  it('passes on the entry point', async () => {
    const { session } = world();
    const step = { op: 'dispatch', shader: 'increment', entryPoint: 'other', groups: [1, 1, 1] } as const;
    const { failure } = await run(session, { work: () => [step] });
    expect(failure?.message).toContain('no compute entry point is named other');
  });

  it('refuses to copy an image', async () => {
    const { session } = world();
    const image = { format: 'r32ui', dimensions: '1d', extent: () => [1, 1, 1] as const } as const;
    const fill = { op: 'fill', buffer: 'counter', value: 1 } as const;
    const { failure } = await run(session, { ...counter({ image }), work: () => [fill] });
    expect(failure?.message).toContain('Cannot use image "counter": only buffers are copied');
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
