// What is found out about an output besides its values: on a simulated device, whose faults come when they are due.
import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import type { Benchmark, VerifyContext } from '../../src/suite/benchmark.ts';
import { makeCase } from '../../src/suite/case-id.ts';
import { runCase } from '../../src/suite/run-case.ts';
import { compareElements } from '../../src/suite/verification.ts';
import type { SimulationOptions } from '../../src/vulkan/simulated-device.ts';
import { benchmark } from './benchmarks.ts';
import { run, world } from './simulated-world.ts';

/** A kernel that sets the counter to what `value` says of how often the kernel ran. */
const sets = (value: (calls: number) => number, name = 'counter'): Partial<SimulationOptions> => {
  let calls = 0;
  return {
    execute: (_, { buffers }) => {
      new Uint32Array((buffers[name] as Uint8Array).buffer)[0] = value(++calls);
    },
  };
};

/** Right whatever it is, as the output of a shader without a reference. */
const repeating: Partial<Benchmark> = {
  verifies: 'one iteration',
  repeatable: ['counter'],
  verify: () => ({ ok: true, checked: 1 }),
};

const sha256 = (value: number): string =>
  createHash('sha256')
    .update(Buffer.from(Uint32Array.of(value).buffer))
    .digest('hex');

describe('verifierOf(), one iteration', () => {
  it('verifies one iteration on fresh inputs, twice before timing and once after it', async () => {
    const seen: unknown[] = [];
    const verify = (_: unknown, { iterations, first, outputs, inputs, reference }: VerifyContext) => {
      const now = outputs.counter?.[0];
      seen.push([iterations, first?.counter?.[0] ?? null, now, inputs.counter?.[0], reference]);
      return compareElements('counter', outputs.counter as Uint32Array, () => 1);
    };
    const result = await run(world().session, { ...repeating, verify });
    expect(result).toMatchObject({ status: 'ok', verifiedBefore: 1, verifiedAfter: 1 });
    expect(result.outputSha256).toEqual({ available: true, value: sha256(1) });
    expect(seen).toEqual([
      [1, null, 1, 0, null],
      [1, 1, 1, 0, null],
      [1, 1, 1, 0, null],
    ]);
  });

  it('never times a kernel whose output does not repeat', async () => {
    const { failure, samples } = await run(world(sets((calls) => 5 - calls)).session, repeating);
    expect(samples).toBe(null);
    expect(failure).toEqual({
      kind: 'verification',
      message:
        'Cannot trust this case: its output is wrong before timing: counter[0] is 3 and was 4 when the same work ran before (1 of 1 values differ)',
      hint: 'a race in the kernel, or a broken device',
    });
  });

  it('fails a kernel whose output is another after timing, and keeps its samples', async () => {
    const { session } = world(sets((calls) => (calls > 40 ? 9 : 4)));
    const { status, failure, samples } = await run(session, repeating);
    expect(status).toBe('failed');
    expect(failure?.message).toContain('is wrong after timing: counter[0] is 9 and was 4');
    expect(samples?.wallNs.length).toBeGreaterThan(0);
  });

  it('looks at what the timed iterations left, where nothing reads what is written', async () => {
    const shader: Partial<Benchmark> = {
      ...repeating,
      kind: 'latency',
      buffers: { x: { type: 'u32', elements: () => 1 }, counter: { type: 'u32', elements: () => 1 } },
      work: () => [{ op: 'dispatch', shader: 'copy-w4', buffers: { y: 'counter' }, groups: [1, 1, 1] }],
    };
    const good = vi.fn(() => 4);
    expect((await run(world(sets(good, 'y')).session, shader)).status).toBe('ok');
    // The last one that is timed: fresh buffers would hide it.
    const last = good.mock.calls.length;
    const { failure } = await run(world(sets((calls) => (calls === last ? 9 : 4), 'y')).session, shader);
    expect(failure?.message).toContain('is wrong after timing: counter[0] is 9 and was 4');
  });

  it('does not mind what does not repeat where nothing says that it must', async () => {
    const { session } = world(sets((calls) => calls));
    const result = await run(session, { verifies: 'one iteration', verify: repeating.verify as never });
    expect(result).toMatchObject({ status: 'ok', outputSha256: { available: false } });
  });

  it.each([
    [{ ok: true, checked: 0 }, 'compared nothing'],
    [{ ok: true }, 'gives no verification'],
    [{ ok: false, checked: 1 }, 'gives no verification'],
  ])('takes %j for no verification', async (given, state) => {
    const { failure } = await run(world(sets(() => 4)).session, {
      ...repeating,
      verify: () => given as never,
    });
    expect(failure?.message).toContain(`verify() of the benchmark ${state}`);
  });

  it('fails a run whose output is not that of an earlier run', async () => {
    const one = makeCase(benchmark(repeating), { n: 4 });
    const expected = { run: 1, sha256: sha256(4), checked: 1 };
    const same = await runCase(world(sets(() => 4)).session, one, expected);
    expect(same.status).toBe('ok');
    const other = await runCase(world(sets(() => 5)).session, one, expected);
    expect(other).toMatchObject({ status: 'failed', samples: null, outputSha256: { value: sha256(5) } });
    const [now, then] = [sha256(5), sha256(4)].map((hash) => hash.slice(0, 12));
    expect(other.failure?.message).toBe(
      `Cannot trust this case: its output differs from run 1's: the SHA-256 of counter is ${now}… and was ${then}…`,
    );
  });
});

describe('verifierOf(), all iterations', () => {
  /** Its kernel reads nothing that it writes. */
  const setting = (verify: Benchmark['verify']): Partial<Benchmark> => ({
    kind: 'latency',
    buffers: { x: { type: 'u32', elements: () => 1 }, counter: { type: 'u32', elements: () => 1 } },
    work: () => [{ op: 'dispatch', shader: 'copy-w4', buffers: { y: 'counter' }, groups: [1, 1, 1] }],
    verify,
  });
  const isFour: Benchmark['verify'] = (_, { outputs }) =>
    compareElements('counter', outputs.counter as Uint32Array, () => 4);

  it('compares an output once, and later ones with its hash', async () => {
    const verify = vi.fn(isFour);
    const result = await run(world(sets(() => 4, 'y')).session, setting(verify));
    expect(result).toMatchObject({ status: 'ok', verifiedBefore: 1, verifiedAfter: 1 });
    expect(result.outputSha256).toEqual({ available: true, value: sha256(4) });
    expect(verify).toHaveBeenCalledTimes(1);
  });

  it('compares what has other bytes, and fails it where it is wrong', async () => {
    const device = vi.fn(() => 4);
    const verify = vi.fn(isFour);
    await run(world(sets(device, 'y')).session, setting(verify));
    const last = device.mock.calls.length;
    verify.mockClear();
    const { session } = world(sets((calls) => (calls === last ? 9 : 4), 'y'));
    const { failure } = await run(session, setting(verify));
    expect(verify).toHaveBeenCalledTimes(2);
    expect(failure?.message).toContain('is wrong after timing: counter[0] is 9 and should be 4');
  });

  it('compares again where an iteration reads what another one wrote', async () => {
    // It counts no longer after the first iteration: the same bytes, and wrong.
    const { failure } = await run(world(sets(() => 1)).session);
    expect(failure?.message).toMatch(/is wrong after timing: counter\[0\] is 1 and should be \d+/);
  });

  it('knows the output of an earlier run, and compares another one', async () => {
    const verify = vi.fn(isFour);
    const one = makeCase(benchmark(setting(verify)), { n: 4 });
    const expected = { run: 1, sha256: sha256(4), checked: 7 };
    const same = await runCase(world(sets(() => 4, 'y')).session, one, expected);
    expect(same).toMatchObject({ status: 'ok', verifiedBefore: 7, verifiedAfter: 7 });
    expect(verify).not.toHaveBeenCalled();
    const other = await runCase(world(sets(() => 5, 'y')).session, one, expected);
    expect(other.failure?.message).toContain('is wrong before timing: counter[0] is 5 and should be 4');
    // Not the same bytes, and right all the same: nobody said that they must repeat.
    const differing = { ...expected, sha256: sha256(5) };
    expect((await runCase(world(sets(() => 4, 'y')).session, one, differing)).status).toBe('ok');
  });
});

describe('verifierOf(), guard bytes', () => {
  const guarded: Partial<Benchmark> = {
    buffers: { counter: { type: 'u32', elements: () => 1, guardBytes: 64 } },
  };

  /** A device that finds a touched guard from some look on. */
  async function touchedFrom(look: number, parts: Partial<Benchmark> = guarded) {
    const { session } = world();
    let looks = 0;
    const createBuffer: typeof session.device.createBuffer = (request) => ({
      ...session.device.createBuffer(request),
      firstTouchedGuardByte: () => (++looks >= look ? 12 : null),
    });
    return run({ ...session, device: { ...session.device, createBuffer } }, parts);
  }

  it('fails a kernel that writes behind the end of a buffer, before timing', async () => {
    const { failure, samples } = await touchedFrom(1);
    expect(samples).toBe(null);
    expect(failure).toEqual({
      kind: 'verification',
      message:
        'Cannot trust this case: binding "counter" was written behind its end (first at byte 12 after it)',
      hint: 'guard the index: if (i >= n) return',
    });
  });

  it('looks again after timing', async () => {
    const { status, samples } = await touchedFrom(2);
    expect(status).toBe('failed');
    expect(samples?.wallNs.length).toBeGreaterThan(0);
  });

  it('finds what only a later iteration writes, although the buffers are filled anew after timing', async () => {
    let calls = 0;
    const execute: SimulationOptions['execute'] = (_, { buffers, guards }) => {
      new Uint32Array((buffers.counter as Uint8Array).buffer)[0] = 1;
      // Two checks before timing, then the iterations; the check after timing would find nothing.
      if (++calls === 4) guards.counter?.fill(1, 8, 9);
    };
    const { failure, samples } = await run(world({ execute }).session, { ...repeating, ...guarded });
    expect(samples?.wallNs.length).toBeGreaterThan(0);
    expect(failure?.message).toContain(
      '"counter" was written behind its end while it was timed (first at byte 8',
    );
  });

  it('does not look where there are none', async () => {
    expect(await touchedFrom(1, {})).toMatchObject({ status: 'ok' });
  });
});

describe('verifierOf(), a reference', () => {
  const reference: Partial<Benchmark> = {
    buffers: { counter: { type: 'u32', elements: () => 1, fill: (into) => into.fill(6) } },
    reference: () => [{ op: 'fill', buffer: 'counter', value: 7 }],
    verifies: 'one iteration',
    verify: (_, { outputs, reference: other }) =>
      compareElements('counter', outputs.counter as Uint32Array, (i) => other?.counter?.[i] as number),
  };

  it('gives what another work makes of the same inputs, and begins anew after it', async () => {
    expect(await run(world().session, reference)).toMatchObject({ status: 'ok', verifiedAfter: 1 });
  });

  it('fails a kernel that disagrees with it', async () => {
    const { failure } = await run(world(sets(() => 8)).session, reference);
    expect(failure?.message).toContain('counter[0] is 8 and should be 7');
  });

  it('frees its kernels before anything is timed', async () => {
    const { session } = world();
    const events: string[] = [];
    const createKernel: typeof session.device.createKernel = (...given) => {
      const kernel = session.device.createKernel(...given);
      events.push('create');
      return { ...kernel, [Symbol.dispose]: () => events.push('free') };
    };
    const dispatch = { op: 'dispatch', shader: 'increment', groups: [1, 1, 1] } as const;
    const breathe = vi.fn(async ({ phase }: { readonly phase: string }) => void events.push(phase));
    const device = { ...session.device, createKernel };
    await run({ ...session, device, breathe }, { ...reference, reference: () => [dispatch] });
    expect(events.slice(0, 4)).toEqual(['preparing', 'create', 'create', 'free']);
  });
});
