import { describe, expect, it } from 'vitest';
import type { Rendezvous } from '../../src/suite/rendezvous.ts';
import { spanRule, unkeptPerSample } from '../../src/suite/rendezvous.ts';
import { stopReason } from '../../src/suite/stopping.ts';
import { DEVICE_NS, run, SUBMIT_NS, WAKE_UP_NS, type World, world } from './simulated-world.ts';

/** A rendezvous that writes down what it was told, and when. */
function meeting({ thread }: World, spanNs: number) {
  const told: [what: string, atNs: number, perSample?: number][] = [];
  const rendezvous: Rendezvous = {
    spanNs,
    verified: () => told.push(['verified', thread.stamps.nowNs()]),
    meet: async () => {
      // The others take a second.
      thread.block(1e9);
      told.push(['met', thread.stamps.nowNs()]);
    },
    sampled: (_, { submissionsPerSample }) =>
      told.push(['sampled', thread.stamps.nowNs(), submissionsPerSample]),
  };
  return { told, rendezvous };
}

describe('a case with a rendezvous', () => {
  it('is verified and warm before it meets, samples the span, and is verified again', async () => {
    const one = world();
    const { told, rendezvous } = meeting(one, 200e6);
    const result = await run({ ...one.session, rendezvous }, { kind: 'latency' });
    expect(told.map(([what]) => what)).toEqual(['verified', 'met', 'sampled']);
    expect(result).toMatchObject({ status: 'ok', stopReason: 'lasted', verifiedBefore: 1, verifiedAfter: 1 });
    expect(result.doubling).toMatchObject({ reason: expect.stringContaining('other processes') });
    const [, [, metNs = 0] = [], [, endNs = 0] = []] = told;
    const { startNs = [] } = result.samples ?? {};
    expect(startNs[0]).toBeGreaterThanOrEqual(metNs);
    expect(endNs - metNs).toBeGreaterThanOrEqual(200e6);
    expect(endNs - metNs).toBeLessThan(300e6);
  });

  it('keeps one of several short submissions, and counts all of them for its verification', async () => {
    const one = world();
    const submissionNs = SUBMIT_NS + DEVICE_NS + WAKE_UP_NS;
    // After the first batch of 32 every fourth is kept.
    const { told, rendezvous } = meeting(one, 4 * 4000 * submissionNs - 1e6);
    const options = { ...one.session.options, timeoutNs: 600e9 };
    // Its verification compares the counter with the number of iterations.
    const result = await run({ ...one.session, options, rendezvous }, { kind: 'latency' });
    expect(result.status).toBe('ok');
    expect(told.at(-1)?.[2]).toBe(4);
    const { startNs = [] } = result.samples ?? {};
    const gaps = startNs.slice(1).map((ns, i) => Math.round((ns - (startNs[i] as number)) / submissionNs));
    expect(new Set(gaps.slice(0, 31))).toEqual(new Set([1]));
    expect(new Set(gaps.slice(32))).toEqual(new Set([4]));
  });
});

describe('unkeptPerSample()', () => {
  it.each([
    [2e9, 4e6, 0],
    [2e9, 500e3, 0],
    [2e9, 10e3, 49],
    [2e9, 0, 0],
    [2e9, Number.NaN, 0],
  ])('of %i ns with submissions of %d ns is %i', (spanNs, submissionNs, unkept) => {
    expect(unkeptPerSample(spanNs, submissionNs)).toBe(unkept);
  });
});

it('spanRule() ends by time alone, or where there is no room', () => {
  const rule = spanRule(1e9);
  const steady = new Float64Array(500).fill(1e6);
  expect(stopReason(rule, steady, 0.99e9)).toBe(null);
  expect(stopReason(rule, steady, 1e9)).toBe('lasted');
  expect(stopReason(rule, new Float64Array(rule.maxSamples).fill(1e3), 1e6)).toBe('max-samples');
});
