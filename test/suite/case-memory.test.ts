import { describe, expect, it } from 'vitest';
import type { Benchmark } from '../../src/suite/benchmark.ts';
import { makeCase } from '../../src/suite/case-id.ts';
import { checkMemory, type MemoryLimits } from '../../src/suite/case-memory.ts';
import { sizeBindings } from '../../src/suite/sized-bindings.ts';
import { benchmark } from './benchmarks.ts';

const GI = 2 ** 30;
const LIMITS: MemoryLimits = {
  device: {
    software: false,
    memoryHeaps: [
      { index: 0, bytes: 64 * GI, deviceLocal: false },
      { index: 1, bytes: 8 * GI, deviceLocal: true },
    ],
  },
  limitBytes: null,
  availableBytes: 100 * GI,
};

/** Two buffers of n floats, one of which is written. */
function check(n: number, limits: Partial<MemoryLimits> = {}, parts: Partial<Benchmark> = {}): void {
  const buffers = {
    x: { type: 'f32', elements: () => n, fill: 'random' },
    y: { type: 'f32', elements: () => n },
  } as const;
  const one = makeCase(benchmark({ buffers, ...parts }), { n });
  checkMemory(one, sizeBindings(one), { written: ['y'], copies: 2 }, { ...LIMITS, ...limits });
}

describe('checkMemory()', () => {
  it('accepts what fits', () => {
    expect(() => check(0.75 * GI)).not.toThrow();
    expect(() => check(GI, { limitBytes: 8 * GI })).not.toThrow();
  });

  it.each<[string, string | undefined, number, Partial<MemoryLimits>]>([
    [
      "its buffers take 16.0 GiB and the device's largest memory heap has 8.00 GiB",
      'lower the axis n',
      2 * GI,
      {},
    ],
    [
      "its buffers take 8.00 GiB and the limit is 6.00 GiB, 3/4 of the device's largest memory heap",
      'lower the axis n, or raise --memory-limit',
      GI,
      {},
    ],
    [
      'its buffers take 2.00 MiB and the limit is 1.00 MiB',
      'lower the axis n, or raise --memory-limit',
      2 ** 18,
      { limitBytes: 2 ** 20 },
    ],
    // x, and y twice; the zeros that y begins with take nothing.
    [
      "with its inputs and outputs it takes 3.00 GiB of this machine's memory and 2.00 GiB are available",
      'lower the axis n',
      GI / 4,
      { availableBytes: 2 * GI },
    ],
    [
      "with its inputs and outputs it takes 5.00 GiB of this machine's memory and 4.00 GiB are available",
      'lower the axis n',
      GI / 4,
      { availableBytes: 4 * GI, device: { ...LIMITS.device, software: true } },
    ],
  ])('refuses: %s', (state, hint, n, limits) => {
    const message = expect.stringContaining(`]: ${state}`);
    expect(() => check(n, limits)).toThrow(expect.objectContaining({ code: 'unsupported', message, hint }));
  });

  it('refuses an array that Node.js cannot hold', () => {
    const heaps = [{ index: 0, bytes: 2 ** 60, deviceLocal: true }];
    const limits = { device: { software: false, memoryHeaps: heaps }, availableBytes: 2 ** 60 };
    const buffers = { x: { type: 'f64', elements: () => 2 ** 32 } } as const;
    const isHeld = (): void => check(1, limits, { buffers });
    // A later Node.js holds more.
    if (process.versions.node.startsWith('20.'))
      expect(isHeld).toThrow('"x" takes 32.0 GiB and Node.js holds');
    else expect(isHeld).not.toThrow();
  });

  it('names the axes that sizes follow from', () => {
    const buffers = { x: { type: 'f32', elements: ({ n = 0 }) => n } } as const;
    const one = makeCase(benchmark({ buffers, axes: { n: [1], width: [1] } }), { n: 4 * GI, width: 4 });
    const refused = (): void => checkMemory(one, sizeBindings(one), { written: [], copies: 0 }, LIMITS);
    expect(refused).toThrow(expect.objectContaining({ hint: 'lower the axis n' }));
  });

  it('names all axes where no size follows from one, or none', () => {
    const named = (axes: Benchmark['axes']): (() => void) => {
      return () => check(2 * GI, {}, { axes });
    };
    const hint = (text: string): unknown => expect.objectContaining({ hint: text });
    expect(named({ n: [1], m: [1] })).toThrow(hint('lower one of the axes n, m'));
    expect(named({})).toThrow(hint('a machine or device with more memory may take it'));
  });
});
