// The types of shader data with their GLSL names and sizes. Types only; plain data.

/** Bytes in a buffer; `null` where unknown (no layout, or a length that is computed). */
export type Bytes = number | null;

/** How much there is of a type, settled when it is declared, so that nothing is expanded before it is counted. */
export interface Extent {
  /** Scalars in it; those of one element of a runtime array. */
  readonly scalars: number;
  /** Scalars, members, elements and arrays in it: what expanding it costs. */
  readonly parts: number;
  /** Arrays and structs inside each other. */
  readonly depth: number;
  /** Bytes by scalar layout, without any declared one; `null` where specialization can change them. */
  readonly scalarLayoutBytes: Bytes;
  /** Of its largest scalar. */
  readonly alignment: number;
}

interface Named {
  readonly name: string;
  readonly extent: Extent;
}

export interface ScalarType extends Named {
  readonly kind: 'scalar';
  readonly bytes: number;
  readonly numeric: 'bool' | 'int' | 'uint' | 'float';
}

/** Columns of `column`; its size depends on the member that holds it. */
export interface MatrixType extends Named {
  readonly kind: 'matrix';
  readonly bytes: null;
  readonly column: VectorType;
  readonly columns: number;
}

export interface VectorType extends Named {
  readonly kind: 'vector';
  readonly bytes: number;
  readonly scalar: ScalarType;
  readonly components: number;
}

export interface ArrayType extends Named {
  readonly kind: 'array';
  readonly bytes: Bytes;
  readonly element: ShaderType;
  readonly isRuntime: boolean;
  /** `null` for a runtime array or a length whose computation is not followed. */
  readonly length: number | null;
  /** Name of the specialization constant that is the length; `length` is then its default. */
  readonly lengthConstant: string | null;
  readonly stride: number | null;
}

export interface StructType extends Named {
  readonly kind: 'struct';
  readonly bytes: Bytes;
  readonly id: number;
  readonly members: readonly ShaderType[];
}

export interface PointerType extends Named {
  readonly kind: 'pointer';
  readonly bytes: number;
  /** `undefined` for a pointer whose target is not declared yet. */
  readonly target: ShaderType | undefined;
}

export interface ImageType extends Named {
  readonly kind: 'image';
  readonly bytes: null;
  readonly dim: number;
  readonly isArray: boolean;
  readonly isMultisampled: boolean;
  /** 1 used with a sampler, 2 a storage image. */
  readonly sampled: number;
  readonly format: number;
  readonly sampledType: 'float' | 'int' | 'uint';
}

/** What has no data in a buffer. */
export interface OpaqueType extends Named {
  readonly kind: 'sampler' | 'sampled-image' | 'acceleration-structure' | 'other';
  readonly bytes: null;
  readonly image: ShaderType | undefined;
}

export type ShaderType =
  | ScalarType
  | VectorType
  | MatrixType
  | ArrayType
  | StructType
  | PointerType
  | ImageType
  | OpaqueType;
