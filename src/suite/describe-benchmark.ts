// A benchmark as plain data, for those who print it: what it says of itself, and what it comes to at one point of its
// axes. Needs no device and runs nothing.

import { type Available, available, unavailable } from '../base/availability.ts';
import { describeError } from '../base/errors.ts';
import { ownValue } from '../base/own-value.ts';
import type { BufferUsage, MemoryUse } from '../vulkan/compute-device.ts';
import type {
  AxisPoint,
  Benchmark,
  Category,
  ElementType,
  Explanation,
  RoofType,
  SuiteName,
} from './benchmark.ts';
import { callBenchmark } from './call-benchmark.ts';
import type { Case } from './case-id.ts';
import { lastsNsOf } from './lasting.ts';
import { sizeBindings } from './sized-bindings.ts';

/** Values of every axis. */
type AxisValues = Readonly<Record<string, readonly number[]>>;

/** The cases of a benchmark in a suite. */
interface SuiteDescription {
  readonly axes: AxisValues;
  readonly cases: number;
}

/** A buffer or image of a case. */
export interface BufferDescription {
  readonly name: string;
  readonly type: ElementType;
  readonly memory: MemoryUse;
  readonly usage: BufferUsage;
  readonly elements: number;
  readonly bytes: number;
  /** Contents before the first iteration; `computed` by the benchmark. */
  readonly fill: 'zero' | 'random' | 'poison' | 'computed';
  /** `rgba32f 64 × 64 × 1`; null for a buffer. */
  readonly image: string | null;
}

/** What one iteration of a case is. */
export interface PointDescription {
  readonly id: string;
  readonly axes: AxisPoint;
  readonly buffers: readonly BufferDescription[];
  /** Each once: `kernel copy`, `copy x to y`, `fill x`. */
  readonly steps: readonly string[];
  readonly bytes: number | null;
  readonly flops: number | null;
  readonly items: number | null;
  /** For how long it is sampled, in ns; null where the spread of its samples decides. */
  readonly lastsNs: number | null;
}

/** A benchmark; what it does not say is null. */
export interface BenchmarkDescription {
  readonly name: string;
  readonly category: Category | null;
  readonly summary: string;
  readonly kind: Benchmark['kind'];
  /** Whether it times an operation of this machine, in place of buffers and steps. */
  readonly isOperation: boolean;
  readonly explanation: Explanation | null;
  readonly axes: AxisValues;
  readonly suites: Readonly<Partial<Record<SuiteName, SuiteDescription>>>;
  readonly needs: readonly string[];
  readonly obstacle: string | null;
  readonly itemName: string;
  readonly showsItemTime: boolean;
  readonly flopType: RoofType;
  readonly isRoof: boolean;
  readonly fitsStartUp: string | null;
  readonly doubles: string | null;
  readonly verifies: NonNullable<Benchmark['verifies']>;
  readonly repeatable: readonly string[];
  /** At the point that was asked for, or why it cannot be told. */
  readonly point: Available<PointDescription>;
}

/**
 * Describes a benchmark.
 *
 * @param one The case whose sizes are told; none where no case is planned.
 */
export function describeBenchmark(benchmark: Benchmark, one?: Case): BenchmarkDescription {
  return {
    name: benchmark.name,
    category: benchmark.category ?? null,
    summary: benchmark.summary,
    kind: benchmark.kind,
    isOperation: benchmark.operation !== undefined,
    explanation: benchmark.explanation ?? null,
    axes: benchmark.axes,
    suites: Object.fromEntries(
      Object.entries(benchmark.suites).map(([suite, changes]) => [suite, suiteOf(benchmark.axes, changes)]),
    ),
    needs: benchmark.needs ?? [],
    obstacle: benchmark.obstacle ?? null,
    itemName: benchmark.itemName ?? 'items',
    showsItemTime: benchmark.showsItemTime ?? false,
    flopType: benchmark.flopType ?? 'f32',
    isRoof: benchmark.isRoof ?? false,
    fitsStartUp: benchmark.fitsStartUp ?? null,
    doubles: benchmark.doubles ?? null,
    verifies: benchmark.verifies ?? 'all iterations',
    repeatable: benchmark.repeatable ?? [],
    point: one === undefined ? unavailable('no case of it is planned') : describePoint(one),
  };
}

/** Axes in the order of their declaration, with the values of the suite. */
function suiteOf(
  axes: AxisValues,
  changes: Readonly<Record<string, readonly number[] | undefined>>,
): SuiteDescription {
  const values = Object.fromEntries(
    Object.entries(axes).map(([axis, declared]) => [axis, ownValue(changes, axis) ?? declared]),
  );
  return { axes: values, cases: Object.values(values).reduce((all, list) => all * list.length, 1) };
}

/** The sizes of a case are computed by functions of a user, which may throw. */
function describePoint(one: Case): Available<PointDescription> {
  const { id, axes, benchmark } = one;
  try {
    const amount = (name: 'bytes' | 'flops' | 'items'): number | null =>
      benchmark[name] === undefined
        ? null
        : callBenchmark(id, `${name}()`, () => benchmark[name]?.(axes) ?? null);
    const steps = callBenchmark(id, 'work()', () => benchmark.work(axes).map(stepText));
    const buffers = sizeBindings(one).map(
      ({ name, plan, elements, bytes, extent }): BufferDescription => ({
        name,
        type: plan.type,
        memory: plan.memory ?? 'device',
        usage: plan.usage ?? 'storage',
        elements,
        bytes,
        fill: typeof plan.fill === 'function' ? 'computed' : (plan.fill ?? 'zero'),
        image: extent === null ? null : `${plan.image?.format} ${extent.join(' × ')}`,
      }),
    );
    return available({
      id,
      axes,
      buffers,
      steps: [...new Set(steps)],
      bytes: amount('bytes'),
      flops: amount('flops'),
      items: amount('items'),
      lastsNs: lastsNsOf(one),
    });
  } catch (error) {
    return unavailable(describeError(error));
  }
}

function stepText(step: ReturnType<Benchmark['work']>[number]): string {
  if (step.op === 'copy') return `copy ${step.from} to ${step.to}`;
  if (step.op === 'fill') return `fill ${step.buffer}`;
  return typeof step.shader === 'string' ? `kernel ${step.shader}` : 'a kernel of its own';
}
