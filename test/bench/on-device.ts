// Runs the verification of a case on a real device, as the suite does before it times anything; measures nothing.
import type { GuestmarkError } from '../../src/base/errors.ts';
import { type Benchmark, SUITE_NAMES, type WorkStep } from '../../src/suite/benchmark.ts';
import { type Case, makeCase } from '../../src/suite/case-id.ts';
import { loadBenchmarks } from '../../src/suite/load.ts';
import { planCases } from '../../src/suite/plan.ts';
import { describeMismatch } from '../../src/suite/verification.ts';
import type { ComputeDevice } from '../../src/vulkan/compute-device.ts';
import { runOnce } from '../definition/run-once.ts';

/** All built-in benchmarks. */
export const BENCHMARKS: readonly Benchmark[] = await loadBenchmarks();

/** How a verification ended. */
export type Outcome =
  | { readonly status: 'ok'; readonly checked: number }
  | { readonly status: 'wrong' | 'skipped'; readonly reason: string };

/** The cases of a selector: `copy[n=4Ki]`. */
export function casesOf(selector: string): readonly Case[] {
  return planCases(BENCHMARKS, { suite: 'quick', selectors: [selector], axes: {} });
}

/** Runs one iteration of a case on freshly filled buffers and compares it with its reference. */
export function verifyOn(device: ComputeDevice, one: Case): Outcome {
  try {
    const verification = one.benchmark.verify(one.axes, runOnce(device, one));
    if (verification.ok) return { status: 'ok', checked: verification.checked };
    return { status: 'wrong', reason: describeMismatch(verification) };
  } catch (error) {
    const { code, message } = error as GuestmarkError;
    if (code === 'unsupported') return { status: 'skipped', reason: message };
    if (code === 'verification') return { status: 'wrong', reason: message };
    throw error;
  }
}

/** The same case with other SPIR-V in the place of a shipped kernel. */
export function withKernel(one: Case, kernel: string, spirv: Uint8Array): Case {
  const replaced = (step: WorkStep): WorkStep =>
    step.op === 'dispatch' && step.shader === kernel ? { ...step, shader: spirv } : step;
  const work = (axes: Case['axes']): readonly WorkStep[] => one.benchmark.work(axes).map(replaced);
  return { ...one, benchmark: { ...one.benchmark, work } };
}

/** Names of the shipped kernels that a case dispatches. */
export function kernelsOf({ benchmark, axes }: Case): readonly string[] {
  const shaders = benchmark.work(axes).flatMap((step) => (step.op === 'dispatch' ? [step.shader] : []));
  return shaders.filter((shader) => typeof shader === 'string');
}

/** The case with the smallest value of every axis, and unless that is enough those of the quick suite. */
export function smallCases(benchmark: Benchmark, which: 'smallest' | 'smallest and quick'): readonly Case[] {
  const least = Object.fromEntries(
    Object.keys(benchmark.axes).map((axis) => [axis, Math.min(...valuesOf(benchmark, axis))]),
  );
  const smallest = makeCase(benchmark, least);
  const isSensible = (benchmark.requires?.(least) ?? null) === null;
  const [quick = [], ...larger] = SUITE_NAMES.map((suite) =>
    planCases([benchmark], { suite, selectors: [], axes: {} }),
  );
  const first = isSensible ? smallest : [...quick, ...larger.flat()][0];
  const cases = [...(first === undefined ? [] : [first]), ...quick];
  if (which === 'smallest') return cases.slice(0, 1);
  return [...new Map(cases.map((one) => [one.id, one])).values()];
}

function valuesOf({ axes, suites }: Benchmark, axis: string): readonly number[] {
  return [axes, ...Object.values(suites)].flatMap((values) => values?.[axis] ?? []);
}
