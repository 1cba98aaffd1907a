// What a compute kernel says about itself: the result of reflection. Types only; plain data.

/** Scalar type of a specialization constant, as GLSL spells it. */
export type ConstantType =
  | 'bool'
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int'
  | 'uint'
  | 'int64'
  | 'uint64'
  | 'float16'
  | 'float'
  | 'double';

/** Scalar type of data in a buffer or push constant; `other` is a number that JavaScript cannot write (bfloat16). */
export type ScalarTypeName = ConstantType | 'address' | 'other';

/** One scalar at a fixed place of a block, of an array's element or of the push constants. */
export interface ScalarPlace {
  /** Path from the block or element: `scale`, `color.x`, `m[1][2]`, `lights[0].position.z`; empty for a plain scalar. */
  readonly name: string;
  readonly type: ScalarTypeName;
  /** Bytes from the start of the block or element. */
  readonly offset: number;
}

/** What an image declares. */
export interface ImageInterface {
  readonly dimensions: '1d' | '2d' | '3d' | 'cube' | 'rect' | 'other';
  readonly isArray: boolean;
  readonly isMultisampled: boolean;
  /** As GLSL spells it: `rgba32f`, `r32ui`; null where the shader declares none, `Format<N>` for one without a name here. */
  readonly format: string | null;
  /** Scalar type that the shader reads and writes. */
  readonly sampledType: 'float' | 'int' | 'uint';
}

/** A specialization constant. */
export interface ConstantInterface {
  /** constant_id in GLSL, SpecId in SPIR-V. */
  readonly id: number;
  /** `null` where the module was stripped of names, or for `local_size_x_id` alone. */
  readonly name: string | null;
  readonly type: ConstantType;
  /** Size in specialization data; 4 for a bool (VkBool32). */
  readonly bytes: number;
  /** 64-bit integers are `bigint`. */
  readonly default: number | bigint | boolean;
}

/** One member of the push constant block. */
export interface PushConstantInterface {
  /** `member<N>` where the module was stripped of names. */
  readonly name: string;
  /** As GLSL spells it: `uint`, `vec4`, `mat3`, `float[4]`, or the name of a struct. */
  readonly type: string;
  readonly offset: number;
  readonly bytes: number;
  /** Its scalars, ordered by offset; offsets are from the start of the push constants. */
  readonly scalars: readonly ScalarPlace[];
}

/** What kind of descriptor a binding takes. */
export type BindingKind =
  | 'storage'
  | 'uniform'
  | 'storage-image'
  | 'sampled-image'
  | 'combined-image-sampler'
  | 'sampler'
  | 'storage-texel-buffer'
  | 'uniform-texel-buffer'
  | 'input-attachment'
  | 'acceleration-structure'
  | 'unknown';

/** A descriptor binding. The fields about contents are those of a buffer's block; else 0 or `null`. */
export interface BindingInterface {
  readonly set: number;
  readonly binding: number;
  /**
   * The array member's name (`x` in `buffer X { float x[]; }`), else the variable's, a sole member's or
   * the block's, else `binding<N>`; where two bindings would have the same name, the next that differs.
   */
  readonly name: string;
  readonly blockName: string | null;
  readonly kind: BindingKind;
  /** What the shader declares that it may do. */
  readonly access: 'read' | 'write' | 'read-write';
  /** What its code does, as far as loads, stores and atomics can be followed; else what it declares. */
  readonly use: 'none' | 'read' | 'write' | 'read-write';
  /** Length of an array of descriptors; `null` where it is not fixed. */
  readonly descriptorCount: number | null;
  /** Bytes before the array, or of the whole block if it does not end with an array. */
  readonly headerBytes: number;
  /** Type of the last member's elements if it is an array. */
  readonly element: string | null;
  /** Distance of two elements. */
  readonly elementBytes: number | null;
  /** Elements of an array of fixed length; `null` for a runtime array. */
  readonly elementCount: number | null;
  /** Name of the specialization constant that is that length; `elementCount` is then its default. */
  readonly elementCountConstant?: string;
  /** Scalars before the array, or of the whole block if it does not end with an array; ordered by offset. */
  readonly headerScalars: readonly ScalarPlace[];
  /** Scalars of one element, from its start; empty where there is no array. */
  readonly elementScalars: readonly ScalarPlace[];
  /** What an image declares; null for a buffer. */
  readonly image: ImageInterface | null;
}

/** One dimension of the workgroup size. */
export interface LocalSizeInterface {
  /** The size, or its default where a specialization constant sets it. */
  readonly value: number;
  /** The specialization constant that sets it. */
  readonly constantId: number | null;
}

/** A kernel's interface, frozen. */
export interface KernelInterface {
  readonly entryPoint: string;
  /** Version of the module, such as `1.3`. */
  readonly spirvVersion: string;
  readonly localSize: readonly [LocalSizeInterface, LocalSizeInterface, LocalSizeInterface];
  /**
   * One entry per id, ordered by id. Specialize each explicitly: a module may hold several constants of
   * one id with different defaults (`local_size_x_id` beside a named constant), and unspecialized each
   * keeps its own.
   */
  readonly constants: readonly ConstantInterface[];
  readonly pushConstants: readonly PushConstantInterface[];
  /** Size of the push constant range: end of the last member, rounded up to 4. */
  readonly pushConstantBytes: number;
  /** Ordered by set and binding; one entry each. */
  readonly bindings: readonly BindingInterface[];
  /** Names of SPIR-V capabilities, `Capability<N>` for those without a name here. */
  readonly capabilities: readonly string[];
  /** Names of SPIR-V extensions (`SPV_KHR_16bit_storage`). */
  readonly extensions: readonly string[];
  /** Bytes of shared memory (storage class Workgroup), by scalar layout; null where a size depends on constants. */
  readonly sharedBytes: number | null;
}
