// The shapes of the generated tables: how a struct lies in memory on a 64-bit machine, and what a
// command takes. Holds no Vulkan name; the tables are written by `npm run registry`.

/** A value with a size of its own. `size` is size_t; enums are i32, flags u32 or u64. */
export type ScalarType = 'u8' | 'char' | 'i32' | 'u32' | 'f32' | 'i64' | 'u64' | 'size' | 'bool32' | 'handle';

/** What a pointer points to: a scalar, a struct by its name, or one of these. */
export type PointerTarget =
  | ScalarType
  | 'void'
  | 'pointer'
  | 'string'
  | 'strings'
  | 'function'
  | `Vk${string}`;

/** A member of a struct. `offset` is in bytes; `length` is the element count of an inline array. */
export type MemberLayout =
  | { readonly offset: number; readonly type: ScalarType; readonly length?: number }
  | {
      readonly offset: number;
      readonly type: 'pointer';
      readonly to: PointerTarget;
      readonly length?: number;
    }
  | { readonly offset: number; readonly type: 'struct'; readonly name: string; readonly length?: number };

/** A struct: its size in bytes and, where it has one, the value of its sType member. */
export interface StructLayout {
  readonly size: number;
  readonly sType?: number;
  readonly members: Readonly<Record<string, MemberLayout>>;
}

/** A parameter of a command. `len` is the registry's expression for the element count of an array. */
export interface CommandParameter {
  readonly name: string;
  readonly type: ScalarType | 'string' | 'pointer';
  /** What a pointer points to. */
  readonly of?: PointerTarget;
  /** The type of a handle, or of the handles pointed to. */
  readonly handle?: `Vk${string}`;
  /** True where the command only reads what is pointed to. */
  readonly constant?: true;
  readonly len?: string;
  /** True where this project passes nothing but null. */
  readonly onlyNull?: true;
}

/** A command: on which object it is called, since when it exists, and what it takes. */
export interface CommandSignature {
  readonly level: 'global' | 'instance' | 'device';
  /** The Vulkan version (`VK_VERSION_1_0`) or the extension that brings the command. */
  readonly from: string;
  readonly extension: boolean;
  readonly returns: 'VkResult' | 'void';
  readonly parameters: readonly CommandParameter[];
}

/** Memory that a struct can point to. It stays alive as long as the struct does. */
interface MemoryOwner {
  readonly memory: ArrayBuffer;
}

/** A struct, or an array of structs, of one kind. */
export interface StructMemory<N extends string> extends MemoryOwner {
  readonly name: N;
}

/** Anything a `void *` member accepts; a `bigint` is a raw address that the caller keeps alive. */
export type AnyPointer = MemoryOwner | ArrayBuffer | ArrayBufferView<ArrayBuffer> | bigint | null;

/** What a pointer to structs `N` accepts. */
export type StructPointer<N extends string> =
  | StructMemory<N>
  | ArrayBuffer
  | ArrayBufferView<ArrayBuffer>
  | bigint
  | null;

/** What a pointer to scalars of at most 32 bits accepts; numbers are packed by the type pointed to. */
export type NumberPointer = readonly number[] | AnyPointer;

/** What a pointer to 64-bit scalars or handles accepts. */
export type BigintPointer = readonly bigint[] | AnyPointer;

/** What a `const char *` accepts. */
export type StringPointer = string | AnyPointer;

/** What a `const char * const *` accepts. */
export type StringsPointer = readonly string[] | AnyPointer;
