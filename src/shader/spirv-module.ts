// The declarations of a SPIR-V module as data, and how to look things up in them. Knows neither how
// they are parsed nor what a kernel's interface is.
import type { ConstantType } from './kernel-interface.ts';
import { plainName } from './plain-names.ts';
import type { ShaderType } from './shader-type.ts';
import { cannotReflect, type Instruction, operand } from './spirv-words.ts';

/** Decoration number → its first operand, or 0 for one without operands. */
export type Decorations = ReadonlyMap<number, number>;

export interface EntryPoint {
  readonly model: number;
  readonly functionId: number;
  readonly name: string;
  readonly interfaceIds: readonly number[];
}

/** `OpExecutionMode` or, where `ids` is true, `OpExecutionModeId`. */
interface ExecutionMode {
  readonly functionId: number;
  readonly mode: number;
  readonly ids: boolean;
  readonly operands: readonly number[];
}

export interface Variable {
  readonly id: number;
  readonly typeId: number;
  readonly storageClass: number;
}

/** A scalar constant. */
export interface SpirvConstant {
  readonly type: ConstantType;
  readonly bytes: number;
  readonly value: number | bigint | boolean;
  /** `null` for a constant that cannot be specialized. */
  readonly specId: number | null;
  /** Whether specialization can change the value: by its own `specId` or by those it is computed from. */
  readonly isSpecialized: boolean;
}

/** A function's instructions as places in the module's words, the first inclusive, the last exclusive. */
interface FunctionCode {
  readonly from: number;
  readonly to: number;
}

/** A parsed module. Ids that nothing declares are simply absent. */
export interface SpirvModule {
  readonly words: Uint32Array;
  readonly version: string;
  readonly idBound: number;
  readonly capabilities: Set<number>;
  readonly extensions: Set<string>;
  readonly entryPoints: EntryPoint[];
  readonly executionModes: ExecutionMode[];
  readonly names: Map<number, string>;
  readonly decorations: Map<number, Map<number, number>>;
  readonly members: Map<number, Map<number, MemberNotes>>;
  readonly types: Map<number, ShaderType>;
  readonly constants: Map<number, SpirvConstant>;
  /** Constituents of constant composites. */
  readonly composites: Map<number, readonly number[]>;
  readonly variables: Variable[];
  readonly functions: Map<number, FunctionCode>;
  /** Ids that something is declared by, other than forward pointers. */
  readonly declaredIds: Set<number>;
}

/** Name and decorations of one member of a struct. */
export interface MemberNotes {
  name: string | undefined;
  readonly decorations: Map<number, number>;
}

const NO_DECORATIONS: Decorations = new Map();

/**
 * The id that an instruction declares.
 *
 * @throws GuestmarkError (usage) when it is not below the header's bound, or declared before.
 */
export function declaredId(module: SpirvModule, instruction: Instruction, index: number): number {
  const id = operand(instruction, index);
  if (id === 0 || id >= module.idBound) {
    throw cannotReflect(`the id %${id} is not below the bound in the header, ${module.idBound}`);
  }
  if (module.declaredIds.has(id)) throw cannotReflect(`the id %${id} is declared twice`);
  module.declaredIds.add(id);
  return id;
}

/** Decorations of an id; empty where it has none. */
export function decorationsOf(module: SpirvModule, id: number): Decorations {
  return module.decorations.get(id) ?? NO_DECORATIONS;
}

/** Decorations of a member of a struct; empty where it has none. */
export function memberDecorationsOf(module: SpirvModule, structId: number, member: number): Decorations {
  return module.members.get(structId)?.get(member)?.decorations ?? NO_DECORATIONS;
}

/** Name of an id; `null` where the module has none (stripped), or one that is no identifier. */
export function nameOf(module: SpirvModule, id: number): string | null {
  return plainName(module.names.get(id));
}

/** Name of a member of a struct; `null` where the module has none, or one that is no identifier. */
export function memberNameOf(module: SpirvModule, structId: number, member: number): string | null {
  return plainName(module.members.get(structId)?.get(member)?.name);
}
