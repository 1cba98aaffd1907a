// The numbers of the SPIR-V specification (version 1.6, sections 3.3 to 3.49) that reflection of
// compute kernels needs. Data only.

/** Opcodes of the declarations before the first function, and of what surrounds code. */
export const OP = {
  Name: 5,
  MemberName: 6,
  Extension: 10,
  EntryPoint: 15,
  ExecutionMode: 16,
  Capability: 17,
  TypeVoid: 19,
  TypeBool: 20,
  TypeInt: 21,
  TypeFloat: 22,
  TypeVector: 23,
  TypeMatrix: 24,
  TypeImage: 25,
  TypeSampler: 26,
  TypeSampledImage: 27,
  TypeArray: 28,
  TypeRuntimeArray: 29,
  TypeStruct: 30,
  TypeOpaque: 31,
  TypePointer: 32,
  TypeFunction: 33,
  TypeForwardPointer: 39,
  ConstantTrue: 41,
  ConstantFalse: 42,
  Constant: 43,
  ConstantComposite: 44,
  ConstantNull: 46,
  SpecConstantTrue: 48,
  SpecConstantFalse: 49,
  SpecConstant: 50,
  SpecConstantComposite: 51,
  SpecConstantOp: 52,
  Function: 54,
  FunctionEnd: 56,
  FunctionCall: 57,
  Variable: 59,
  Decorate: 71,
  MemberDecorate: 72,
  GroupDecorate: 74,
  GroupMemberDecorate: 75,
  ExecutionModeId: 331,
  TypeTensorArm: 4163,
  UntypedVariable: 4418,
  TypeCooperativeMatrix: 4456,
  TypeRayQuery: 4472,
  TypeHitObjectNv: 5281,
  TypeCooperativeVectorNv: 5288,
  TypeHitObject: 5313,
  TypeAccelerationStructure: 5341,
  TypeCooperativeMatrixNv: 5358,
  TypeTensorLayoutNv: 5370,
  TypeTensorViewNv: 5371,
} as const;

export const DECORATION = {
  SpecId: 1,
  Block: 2,
  BufferBlock: 3,
  RowMajor: 4,
  ArrayStride: 6,
  MatrixStride: 7,
  BuiltIn: 11,
  NonWritable: 24,
  NonReadable: 25,
  Binding: 33,
  DescriptorSet: 34,
  Offset: 35,
} as const;

export const STORAGE_CLASS = {
  UniformConstant: 0,
  Uniform: 2,
  Workgroup: 4,
  PushConstant: 9,
  StorageBuffer: 12,
} as const;
export const EXECUTION_MODEL = { GLCompute: 5 } as const;
export const EXECUTION_MODE = { LocalSize: 17, LocalSizeId: 38 } as const;
export const BUILT_IN = { WorkgroupSize: 25 } as const;
export const IMAGE_DIM = { Buffer: 5, SubpassData: 6 } as const;

/** What OpTypeImage's `Sampled` is for an image that is read and written without a sampler. */
export const STORAGE_IMAGE = 2;
