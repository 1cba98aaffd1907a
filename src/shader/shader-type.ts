// The types of shader data with their GLSL names and sizes. Types only; plain data.

/** Bytes in a buffer; `null` where unknown (no layout, or a length that is computed). */
export type Bytes = number | null;

export interface ScalarType {
  readonly kind: 'scalar';
  readonly name: string;
  readonly bytes: Bytes;
  readonly numeric: 'bool' | 'int' | 'uint' | 'float';
}

/** Columns of `column`; its size depends on the member that holds it. */
export interface MatrixType {
  readonly kind: 'matrix';
  readonly name: string;
  readonly bytes: null;
  readonly column: VectorType;
  readonly columns: number;
}

export interface VectorType {
  readonly kind: 'vector';
  readonly name: string;
  readonly bytes: Bytes;
  readonly scalar: ScalarType;
  readonly components: number;
}

export interface ArrayType {
  readonly kind: 'array';
  readonly name: string;
  readonly bytes: Bytes;
  readonly element: ShaderType;
  /** `null` for a runtime array or a length computed from specialization constants. */
  readonly length: number | null;
  readonly stride: number | null;
}

export interface StructType {
  readonly kind: 'struct';
  readonly name: string;
  readonly bytes: Bytes;
  readonly id: number;
  readonly members: readonly ShaderType[];
}

export interface PointerType {
  readonly kind: 'pointer';
  readonly name: string;
  readonly bytes: Bytes;
  /** `undefined` for a pointer whose target is not declared yet. */
  readonly target: ShaderType | undefined;
}

export interface ImageType {
  readonly kind: 'image';
  readonly name: string;
  readonly bytes: null;
  readonly dim: number;
  /** 1 used with a sampler, 2 a storage image. */
  readonly sampled: number;
}

interface OpaqueType {
  readonly kind: 'sampler' | 'sampled-image' | 'acceleration-structure';
  readonly name: string;
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
