import { describe, expect, it } from 'vitest';
import { makeCase } from '../../src/suite/case-id.ts';
import { caseLimitNs, lastsNsOf } from '../../src/suite/lasting.ts';
import { benchmark } from './benchmarks.ts';
import { DEVICE_NS, run, world } from './simulated-world.ts';

const lasting = (lastsNs: () => number) => makeCase(benchmark({ lastsNs }), { n: 4 });

describe('lastsNsOf()', () => {
  it('is what the benchmark says, and nothing where it says nothing', () => {
    expect(lastsNsOf(makeCase(benchmark({ lastsNs: ({ n }) => 1e9 * (n as number) }), { n: 4 }))).toBe(4e9);
    expect(lastsNsOf(makeCase(benchmark(), { n: 4 }))).toBeNull();
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d', (wrong) => {
    expect(() => lastsNsOf(lasting(() => wrong))).toThrow(`lastsNs() gives ${wrong}`);
  });
});

describe('caseLimitNs()', () => {
  it('adds the time for which a case is sampled to what every case may take', () => {
    expect(
      caseLimitNs(
        lasting(() => 60e9),
        20e9,
      ),
    ).toBe(80e9);
    expect(caseLimitNs(makeCase(benchmark(), { n: 4 }), 20e9)).toBe(20e9);
  });

  it('leaves it to the case to say what is wrong', () => {
    expect(
      caseLimitNs(
        lasting(() => Number.NaN),
        20e9,
      ),
    ).toBe(20e9);
  });
});

describe('runCase()', () => {
  it('samples for as long as the benchmark says, beyond the limit of other cases and whatever the spread', async () => {
    const { session } = world();
    const options = { ...session.options, timeoutNs: 2e9 };
    const result = await run({ ...session, options }, { lastsNs: () => 5e9 });
    expect(result).toMatchObject({ status: 'ok', stopReason: 'lasted' });
    const { startNs = [] } = result.samples ?? {};
    const spanNs = (startNs.at(-1) as number) - (startNs[0] as number);
    expect(spanNs).toBeGreaterThan(5e9 - 10 * DEVICE_NS);
    expect(spanNs).toBeLessThan(5e9 + 10 * DEVICE_NS);
  });

  it('still ends at a limit, which is then longer', async () => {
    const { session } = world({ execute: () => undefined });
    const slow = { ...session, options: { ...session.options, timeoutNs: 1e6 } };
    const result = await run(slow, {
      lastsNs: () => 1e6,
      verify: () => ({ ok: true, checked: 1 }),
    });
    expect(result.failure?.message).toContain('within its limit of 0.002 s');
  });

  it('fails where the benchmark gives no length of time', async () => {
    const result = await run(world().session, { lastsNs: () => Number.NaN });
    expect(result.failure?.message).toContain('lastsNs() gives NaN');
  });
});
