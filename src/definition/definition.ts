// What is known of a benchmark whose kernel is a user's shader: every value with where it came from, so that conventions
// stay visible. Plain data: it crosses to the processes that measure, and `guestmark check` prints it.
import type { LoadedShader, ShaderLanguage } from '../shader/loaded-shader.ts';
import type { Expression } from './expression.ts';

/** Where a value comes from; later ones win. */
export type OriginKind = 'convention' | 'shader' | 'pragma' | 'module' | 'suite file' | 'command line';

export interface Origin {
  readonly kind: OriginKind;
  /** `my.comp:4`, `binding 1`, `--axis`; null where the kind says all. */
  readonly place: string | null;
}

/** A value and where it comes from. */
export interface Sourced<T> {
  readonly value: T;
  readonly from: Origin;
}

/** Initial contents of a binding. */
export type Fill =
  | { readonly kind: 'zero' }
  /** Every scalar is the index of its element. */
  | { readonly kind: 'index' }
  /** Floats in [-1, 1), integers from 0 up to, not including, the number of elements. */
  | { readonly kind: 'random'; readonly seed: number | null }
  | { readonly kind: 'number'; readonly value: Expression }
  /** The bytes of a file, which must be as long as the binding. */
  | { readonly kind: 'file'; readonly path: string };

/** How far an output may be from what is expected: |a − e| ≤ tolerance · (1 + |e|); integers must be equal. */
export interface Expected {
  readonly what:
    | { readonly kind: 'number'; readonly value: Expression }
    | { readonly kind: 'file'; readonly path: string }
    | { readonly kind: 'binding'; readonly name: string }
    /** The same in every repetition. */
    | { readonly kind: 'itself' };
  readonly tolerance: number;
}

/** A binding of the shader. */
export interface BindingDefinition {
  /** Elements of a runtime array, texels along each axis of an image; null where the shader fixes the size. */
  readonly elements: Sourced<readonly Expression[]> | null;
  readonly fill: Sourced<Fill>;
  /** Null for what the shader only reads. */
  readonly expect: Sourced<Expected> | null;
}

/** A benchmark made of a shader. */
export interface ShaderDefinition {
  readonly name: Sourced<string>;
  readonly summary: Sourced<string>;
  readonly kind: Sourced<'throughput' | 'latency'>;
  readonly path: string;
  readonly language: ShaderLanguage;
  readonly entryPoint: Sourced<string>;
  readonly sourceSha256: string;
  readonly spirvSha256: string;
  readonly targetEnvironment: string | null;
  readonly compiler: string | null;
  readonly validator: LoadedShader['validator'];
  /** The module in base64. */
  readonly spirv: string;
  readonly axes: Readonly<Record<string, Sourced<readonly number[]>>>;
  readonly bindings: Readonly<Record<string, BindingDefinition>>;
  /** Values of push constants and of members of uniform blocks and headers: one for all scalars of it, or one for each. */
  readonly values: Readonly<Record<string, Sourced<readonly Expression[]>>>;
  /** Invocations, or workgroups, along x, y, z. */
  readonly size: Sourced<{ readonly of: 'items' | 'groups'; readonly along: readonly Expression[] }>;
  readonly flops: Sourced<Expression> | null;
  /** Null: what the bindings hold, once for each direction in which they are used. */
  readonly bytes: Sourced<Expression> | null;
  /** Features and extensions of the device, by their Vulkan names. */
  readonly requires: readonly Sourced<string>[];
  /** The module whose functions take the place of expressions, and which of its exports; null without one. */
  readonly module: { readonly url: string; readonly index: number } | null;
  /** Another shader that must give the same outputs. */
  readonly reference: Sourced<ReferenceDefinition> | null;
}

/** A definition without its axes and values, which follow from the rest. */
export type Draft = Omit<ShaderDefinition, 'axes' | 'values'>;

/** A second kernel that gets the same inputs. */
export interface ReferenceDefinition {
  readonly definition: ShaderDefinition;
  readonly tolerance: number;
}

/** Whether a shader writes to a binding: what it writes is always expected to be something. */
export function isOutput({ bindings }: ShaderDefinition, name: string): boolean {
  return Object.hasOwn(bindings, name) && bindings[name]?.expect !== null;
}
