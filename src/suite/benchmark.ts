// What a benchmark is: one plain object that can be printed, checked and planned without a device.
// Built-in benchmarks and users' own are written the same way, against the public API.
import { GuestmarkError } from '../base/errors.ts';
import type { Random } from '../base/random.ts';
import type { BufferUsage, Groups, MemoryUse, NamedValues } from '../vulkan/compute-device.ts';
import type { DeviceInfo } from '../vulkan/device-info.ts';
import { benchmarkProblem } from './benchmark-problem.ts';
import type { Category, RoofType } from './categories.ts';
import type { Elements, ElementType } from './element-types.ts';
import type { MakeOperation } from './operation.ts';
import type { Verification } from './verification.ts';

export { CATEGORIES, type Category, type RoofType } from './categories.ts';
export type { Elements, ElementType } from './element-types.ts';

/**
 * A named selection of cases. The first three are about the device, small to large; `latency` is about the ways to wait for
 * it, `host` about everything that this machine does around it.
 */
export const SUITE_NAMES = ['quick', 'standard', 'full', 'latency', 'host'] as const;
export type SuiteName = (typeof SUITE_NAMES)[number];

/** One value for every axis of a benchmark: a point in their product. */
export type AxisPoint<A extends string = string> = Readonly<Record<A, number>>;

/** An image in place of a buffer; its elements are the components of its texels, row by row. */
export interface ImagePlan<A extends string = string> {
  /** As GLSL spells it: `rgba32f`, `r32ui`, `rgba8`. */
  readonly format: string;
  readonly dimensions: '1d' | '2d' | '3d';
  /** Texels along each axis, 1 for those it lacks. */
  readonly extent: (axes: AxisPoint<A>) => readonly [width: number, height: number, depth: number];
}

/** What `guestmark list NAME` tells beside the summary; each a few plain sentences. */
export interface Explanation {
  /** How the kernel and its timing work. */
  readonly method: string;
  /** What limits the figure on a device, and how far it can be from the device's own limit. */
  readonly limit: string;
  /** Against what the outputs are compared, how many of them, and how far they may differ and why. */
  readonly verification: string;
  /** Papers, specifications and programs that define the benchmark, one a line. */
  readonly sources?: readonly string[];
}

/** A buffer of a benchmark. */
export interface BufferPlan<A extends string = string> {
  readonly type: ElementType;
  readonly elements: (axes: AxisPoint<A>) => number;
  /** Default `device`. */
  readonly memory?: MemoryUse;
  /** How the shader declares it, `transfer` for what is only copied and filled; default `storage`. */
  readonly usage?: BufferUsage;
  /** Makes it an image; `elements` is then texels times components. */
  readonly image?: ImagePlan<A>;
  /** Bytes kept behind the buffer, which the shader must not touch: a write there fails the case. Default 0. */
  readonly guardBytes?: number;
  /**
   * Initial contents: all zero (default), seeded random (f32 and f64 in [-1, 1), integers over their whole
   * range), poison for what the kernel must overwrite (NaN as any float, 0xFFBA per 16 bits), or what the function
   * writes.
   */
  readonly fill?:
    | 'zero'
    | 'random'
    | 'poison'
    | ((into: Elements, axes: AxisPoint<A>, random: Random) => void);
}

/** One thing an iteration does; buffers are named. */
export type WorkStep =
  | {
      readonly op: 'dispatch';
      /** Name of a shipped kernel (`copy`) or SPIR-V bytes. */
      readonly shader: string | Uint8Array;
      /** Its entry point; needed only where the module has several. */
      readonly entryPoint?: string;
      readonly constants?: NamedValues;
      readonly push?: NamedValues;
      /** Binding name in the shader → buffer name; a binding not listed takes the buffer of its own name. */
      readonly buffers?: Readonly<Record<string, string>>;
      readonly groups: Groups | { readonly buffer: string; readonly offset: number };
    }
  | { readonly op: 'copy'; readonly from: string; readonly to: string }
  | { readonly op: 'fill'; readonly buffer: string; readonly value: number };

/** What `verify` may look at; later checks see the same arrays, so nothing in them may be changed. */
export interface VerifyContext {
  /** Contents of every buffer before the first iteration. */
  readonly inputs: Readonly<Record<string, Elements>>;
  /** Contents of every buffer now. */
  readonly outputs: Readonly<Record<string, Elements>>;
  /** Iterations that ran since the buffers were filled. */
  readonly iterations: number;
  /** With `verifies: 'one iteration'`: the outputs of the first check of this process; null at the first. */
  readonly first: Readonly<Record<string, Elements>> | null;
  /** What `reference` wrote, from the same inputs; null without one. */
  readonly reference: Readonly<Record<string, Elements>> | null;
}

/** A benchmark. See `defineBenchmark` for the defaults. */
export interface Benchmark<A extends string = string> {
  /** Lower-case letters, digits and dashes; the first part of every case id. */
  readonly name: string;
  /** One line for `guestmark list`. */
  readonly summary: string;
  /**
   * `throughput`: iterations are repeated in one submission until a sample is long enough to time.
   * `latency`: one submission with one iteration is one sample; the round trip is the point.
   */
  readonly kind: 'throughput' | 'latency';
  /** Built-in benchmarks have one; users' own need none. */
  readonly category?: Category;
  readonly explanation?: Explanation;
  readonly axes: Readonly<Record<A, readonly number[]>>;
  /** The suites this benchmark belongs to, with the axis values that differ from `axes` there. */
  readonly suites: Readonly<Partial<Record<SuiteName, Readonly<Partial<Record<A, readonly number[]>>>>>>;
  /**
   * Why a point of the axes makes no sense, as the end of a sentence ("n is not a multiple of 4"), or null.
   * Asked before anything runs; what a device cannot do is found out by the device.
   */
  readonly requires?: (axes: AxisPoint<A>) => string | null;
  /** Features and extensions, by their Vulkan names, without which a device skips the benchmark. */
  readonly needs?: readonly string[];
  /**
   * Why a device cannot run a point of the axes, as the end of a sentence ("it lists no 8 × 8 × 16 tile of f16"), or
   * null: such a case is skipped. Asked when the device is open, after `needs`.
   */
  readonly skips?: (axes: AxisPoint<A>, device: DeviceInfo) => string | null;
  /** Why no device can run it here, as the end of a sentence: its cases are skipped for that. */
  readonly obstacle?: string;
  readonly buffers: Readonly<Record<string, BufferPlan<A>>>;
  /** Steps of one iteration; none at all is an empty submission. */
  readonly work: (axes: AxisPoint<A>) => readonly WorkStep[];
  /** Bytes that one iteration moves to and from memory. */
  readonly bytes?: (axes: AxisPoint<A>) => number;
  /** Floating-point operations of one iteration (a fused multiply-add is two). */
  readonly flops?: (axes: AxisPoint<A>) => number;
  /** Things that one iteration does (elements, dispatches), for a rate per second. */
  readonly items?: (axes: AxisPoint<A>) => number;
  /** What the items are, in the plural: `keys` makes the rate read keys/s. Default `items`. */
  readonly itemName?: string;
  /** The time of one item is the point, not their rate: dependent operations, hops, barriers. */
  readonly showsItemTime?: boolean;
  /** Type of `flops`, for the roof they are held against. Default f32. */
  readonly flopType?: RoofType;
  /**
   * Its cases measure roofs of the roofline: the highest arithmetic rate, by `flopType`, and the highest bandwidth of the
   * cases that move the most bytes; smaller ones may stay in a cache. Default no.
   */
  readonly isRoof?: boolean;
  /**
   * The axis of sizes along which the times of the cases are fitted to T = a + V / b, for each setting of the other axes.
   * V is what `bytes` says, else the axis itself; at least four sizes are needed.
   */
  readonly fitsStartUp?: NoInfer<A>;
  /**
   * The axis whose double value is double the work inside a dispatch (a trip count). A rate is given only where the
   * doubled case takes 1.5 to 2.6 times as long; without it twice as many iterations in a submission must. Where
   * `requires` refuses the doubled value, or a cold case names no axis, there is no test, and the rate is given.
   */
  readonly doubles?: NoInfer<A>;
  /** Whether a large write flushes the caches before each sample, outside of its time; a sample is then one iteration. Default no. */
  readonly cold?: (axes: AxisPoint<A>) => boolean;
  /**
   * Compares the outputs with an independent reference, before timing and again after it. It must depend on nothing but
   * the inputs, what the steps wrote, and the iterations: it is not called for an output whose bytes it has called right
   * before, in this run or an earlier one.
   */
  readonly verify: (axes: AxisPoint<A>, context: VerifyContext) => Verification;
  /**
   * What `verify` sees. `all iterations` (default): everything since the buffers were filled, the timed samples
   * included. `one iteration`: the buffers are filled anew and one iteration runs for it, twice before timing and once
   * after it, so that a reference needs no iteration count and a result that does not repeat shows. Where no step reads
   * what a step writes, every iteration leaves the same: after timing, `verify` sees what the timed ones left.
   */
  readonly verifies?: 'all iterations' | 'one iteration';
  /**
   * In place of buffers and work: what is timed is an operation of this machine (see defineHostBenchmark). Its own `verify`
   * is asked, and none of the parts that speak of buffers and steps.
   */
  readonly operation?: MakeOperation<A>;
  /** Samples are taken for so long, whatever their spread: a case about time itself. In ns; default as the run has it. */
  readonly lastsNs?: (axes: AxisPoint<A>) => number;
  /** Work of another kernel that must give the same outputs; runs once, from the same inputs, before timing. */
  readonly reference?: (axes: AxisPoint<A>) => readonly WorkStep[];
  /** With `one iteration`: buffers whose contents must also repeat, bit for bit, in every process of the run. */
  readonly repeatable?: readonly string[];
}

/** Checks a benchmark's shape and freezes it. Axis names in its functions are checked by the compiler. */
export function defineBenchmark<const A extends string>(benchmark: Benchmark<A>): Benchmark {
  const problem = benchmarkProblem(benchmark, SUITE_NAMES);
  if (problem === null) return Object.freeze(benchmark) as unknown as Benchmark;
  throw new GuestmarkError('usage', `Cannot define benchmark "${benchmark?.name}": ${problem}`);
}
