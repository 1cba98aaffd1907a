// Every built-in benchmark on a real device, under both bindings and the validation layer: its outputs are right, or the
// device lacks a feature that is named.
import { afterAll, describe, expect, it } from 'vitest';
import type { Benchmark } from '../../src/suite/benchmark.ts';
import { type Case, makeCase } from '../../src/suite/case-id.ts';
import { planCases } from '../../src/suite/plan.ts';
import type { DebugMessage } from '../../src/vulkan/debug-callback.ts';
import { openDevice } from '../../src/vulkan/open-device.ts';
import { BENCHMARKS, verifyOn } from './on-device.ts';

const hasLayer = !(process.env.GUESTMARK_MISSING_TEST_TOOLS ?? '').includes('validation-layer');

/** Every value of every axis once, each beside the smallest of the others; those that make no sense are left out. */
function smallCases(benchmark: Benchmark): readonly Case[] {
  const least = Object.fromEntries(
    Object.entries(benchmark.axes).map(([axis]) => [axis, Math.min(...valuesOf(benchmark, axis))]),
  );
  const quick = planCases([benchmark], { suite: 'quick', selectors: [], axes: {} });
  const cases = [makeCase(benchmark, least), ...quick];
  return [...new Map(cases.map((one) => [one.id, one])).values()].filter(
    ({ axes }) => (benchmark.requires?.(axes) ?? null) === null,
  );
}

function valuesOf({ axes, suites }: Benchmark, axis: string): readonly number[] {
  return [axes, ...Object.values(suites)].flatMap((values) => values?.[axis] ?? []);
}

describe.each(['koffi', 'nvk'] as const)('under %s', (binding) => {
  const messages: DebugMessage[] = [];
  const opened = openDevice({
    binding,
    match: 'llvmpipe',
    validate: hasLayer,
    onMessage: (message) => messages.push(message),
  });
  afterAll(() => opened[Symbol.dispose]());

  it.each(BENCHMARKS.map((benchmark) => [benchmark.name, benchmark] as const))(
    '%s is right',
    (_, benchmark) => {
      const cases = smallCases(benchmark);
      expect(cases.length).toBeGreaterThan(0);
      for (const one of cases) {
        const outcome = verifyOn(opened.device, one);
        const said = outcome.status === 'wrong' ? outcome.reason : outcome.status;
        expect(said, one.id).toBe(
          benchmark.needs === undefined ? 'ok' : outcome.status === 'skipped' ? 'skipped' : 'ok',
        );
      }
      expect(messages).toEqual([]);
    },
  );
});
