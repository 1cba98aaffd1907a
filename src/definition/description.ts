// A definition in words: every value as a pragma would write it, with where it came from. Types only; plain data that JSON
// can hold.
import type { BindingInterface } from '../shader/kernel-interface.ts';
import type { ShaderLanguage } from '../shader/loaded-shader.ts';
import type { Origin } from './definition.ts';

/** Something said, and where. */
export interface Stated {
  readonly text: string;
  readonly from: Origin;
}

/** The module and what it was made of. */
export interface ShaderDescription {
  readonly path: string;
  readonly language: ShaderLanguage;
  readonly entryPoint: Stated;
  readonly compiler: string | null;
  readonly targetEnvironment: string | null;
  readonly spirvVersion: string;
  readonly spirvBytes: number;
  readonly sourceSha256: string;
  readonly spirvSha256: string;
  readonly capabilities: readonly string[];
  readonly extensions: readonly string[];
  /** Null where it depends on specialization constants. */
  readonly sharedBytes: number | null;
  /** Along x, y, z; the name of the specialization constant that sets it, or null. */
  readonly localSize: readonly { readonly value: number; readonly constant: string | null }[];
}

export interface AxisDescription {
  readonly name: string;
  readonly values: readonly number[];
  readonly from: Origin;
}

export interface BindingDescription
  extends Pick<
    BindingInterface,
    'name' | 'set' | 'binding' | 'blockName' | 'kind' | 'access' | 'use' | 'image'
  > {
  readonly headerBytes: number;
  readonly element: string | null;
  /** Distance of two elements. */
  readonly elementBytes: number | null;
  /** Of an array of fixed length. */
  readonly elementCount: number | null;
  /** Null where the shader fixes the size. */
  readonly elements: Stated | null;
  readonly fill: Stated;
  /** Null for what the shader only reads. */
  readonly expect: Stated | null;
}

/** A push constant, or a member of a block. */
export interface MemberDescription {
  /** The binding that holds it; null for a push constant. */
  readonly binding: string | null;
  readonly name: string;
  readonly type: string;
  readonly offset: number;
  /** Null: what the binding is filled with. */
  readonly value: Stated | null;
}

/** A specialization constant. */
export interface ConstantDescription {
  readonly id: number;
  readonly name: string | null;
  readonly type: string;
  readonly default: string;
  /** The axis that sets it; null where it keeps its default. */
  readonly axis: string | null;
}

/** A definition. */
export interface DefinitionDescription {
  readonly name: Stated;
  readonly summary: Stated;
  readonly kind: Stated;
  readonly shader: ShaderDescription;
  readonly axes: readonly AxisDescription[];
  readonly bindings: readonly BindingDescription[];
  readonly members: readonly MemberDescription[];
  readonly constants: readonly ConstantDescription[];
  readonly size: Stated & { readonly of: 'items' | 'groups' };
  readonly flops: Stated | null;
  readonly bytes: Stated;
  readonly requires: readonly Stated[];
  /** A module that verifies the outputs itself. */
  readonly verify: Stated | null;
  readonly reference: ReferenceDescription | null;
}

/** Another kernel that gets the same inputs. */
export interface ReferenceDescription {
  readonly path: string;
  readonly entryPoint: string;
  readonly spirvSha256: string;
  readonly tolerance: number;
  readonly from: Origin;
}
