// What every SPIR-V capability that compute kernels may declare needs of a device. Data only.
// Source: Vulkan specification, appendix "Vulkan Environment for SPIR-V", table of capabilities.
import type { SubgroupOperation } from './device-info.ts';

/** What a capability needs. */
export type CapabilityNeed =
  /** Nothing that not every device has. */
  | { readonly always: true }
  /** One of these features; with the extension that brings them, for messages. */
  | { readonly features: readonly string[]; readonly extension?: string }
  /** A Vulkan version, or else an extension. */
  | { readonly version: string; readonly extension?: string }
  | { readonly extension: string }
  | { readonly subgroup: SubgroupOperation }
  /** One of these members of VkPhysicalDeviceFloatControlsProperties. */
  | { readonly floatControls: readonly string[] }
  /** What this program does not do, in words. */
  | { readonly refused: string }
  /** A feature that this program does not ask for: newer than the registry its tables are from, or of one vendor. */
  | { readonly notEnabled: string };

const ALWAYS: CapabilityNeed = { always: true };

const ATOMIC_FLOAT = 'VK_EXT_shader_atomic_float';
const ATOMIC_FLOAT_2 = 'VK_EXT_shader_atomic_float2';
const DOT_PRODUCT = feature('shaderIntegerDotProduct', 'VK_KHR_shader_integer_dot_product');
const EXPLICIT_LAYOUT = 'VK_KHR_workgroup_memory_explicit_layout';
const NV_MATRIX_2 = 'VK_NV_cooperative_matrix2';
const DERIVATIVES = 'VK_NV_compute_shader_derivatives';
const ACCELERATION: CapabilityNeed = { refused: 'acceleration structures' };
const ARRAYS: CapabilityNeed = { refused: 'arrays of descriptors' };
const MULTISAMPLED: CapabilityNeed = { refused: 'multisampled images' };
const CUBES: CapabilityNeed = { refused: 'cube images' };
const SAMPLED: CapabilityNeed = { refused: 'sampled images' };

/** By the names that reflection gives; capabilities of other stages than compute are left out. */
export const CAPABILITY_NEEDS: Readonly<Record<string, CapabilityNeed>> = {
  Matrix: ALWAYS,
  Shader: ALWAYS,
  Sampled1D: ALWAYS,
  Image1D: ALWAYS,
  SampledBuffer: ALWAYS,
  ImageBuffer: ALWAYS,
  ImageQuery: ALWAYS,
  StorageImageExtendedFormats: ALWAYS,
  ImageGatherExtended: feature('shaderImageGatherExtended'),
  StorageImageReadWithoutFormat: feature('shaderStorageImageReadWithoutFormat'),
  StorageImageWriteWithoutFormat: feature('shaderStorageImageWriteWithoutFormat'),
  UniformBufferArrayDynamicIndexing: feature('shaderUniformBufferArrayDynamicIndexing'),
  StorageBufferArrayDynamicIndexing: feature('shaderStorageBufferArrayDynamicIndexing'),
  StorageImageArrayDynamicIndexing: feature('shaderStorageImageArrayDynamicIndexing'),
  StorageImageMultisample: MULTISAMPLED,
  ImageMSArray: MULTISAMPLED,
  ImageCubeArray: CUBES,
  SampledCubeArray: CUBES,
  SampledImageArrayDynamicIndexing: SAMPLED,
  SampledImageArrayNonUniformIndexing: SAMPLED,
  MinLod: SAMPLED,
  SparseResidency: { refused: 'sparse images' },
  InputAttachment: { refused: 'input attachments' },
  RuntimeDescriptorArray: ARRAYS,
  UniformTexelBufferArrayDynamicIndexing: ARRAYS,
  StorageTexelBufferArrayDynamicIndexing: ARRAYS,
  UniformTexelBufferArrayNonUniformIndexing: ARRAYS,
  StorageTexelBufferArrayNonUniformIndexing: ARRAYS,
  UniformBufferArrayNonUniformIndexing: ARRAYS,
  StorageBufferArrayNonUniformIndexing: ARRAYS,
  StorageImageArrayNonUniformIndexing: ARRAYS,
  ShaderNonUniform: { version: '1.2', extension: 'VK_EXT_descriptor_indexing' },
  PhysicalStorageBufferAddresses: { refused: 'buffer references' },
  RayQueryKHR: ACCELERATION,
  RayQueryProvisionalKHR: ACCELERATION,
  RayQueryPositionFetchKHR: ACCELERATION,
  DeviceGroup: { version: '1.1', extension: 'VK_KHR_device_group' },

  Float16: feature('shaderFloat16', 'VK_KHR_shader_float16_int8'),
  Float64: feature('shaderFloat64'),
  Int8: feature('shaderInt8', 'VK_KHR_shader_float16_int8'),
  Int16: feature('shaderInt16'),
  Int64: feature('shaderInt64'),
  StorageBuffer16BitAccess: feature('storageBuffer16BitAccess', 'VK_KHR_16bit_storage'),
  UniformAndStorageBuffer16BitAccess: feature('uniformAndStorageBuffer16BitAccess', 'VK_KHR_16bit_storage'),
  StoragePushConstant16: feature('storagePushConstant16', 'VK_KHR_16bit_storage'),
  StorageBuffer8BitAccess: feature('storageBuffer8BitAccess', 'VK_KHR_8bit_storage'),
  UniformAndStorageBuffer8BitAccess: feature('uniformAndStorageBuffer8BitAccess', 'VK_KHR_8bit_storage'),
  StoragePushConstant8: feature('storagePushConstant8', 'VK_KHR_8bit_storage'),
  VariablePointersStorageBuffer: feature('variablePointersStorageBuffer', 'VK_KHR_variable_pointers'),
  VariablePointers: feature('variablePointers', 'VK_KHR_variable_pointers'),
  VulkanMemoryModel: feature('vulkanMemoryModel', 'VK_KHR_vulkan_memory_model'),
  VulkanMemoryModelDeviceScope: feature('vulkanMemoryModelDeviceScope', 'VK_KHR_vulkan_memory_model'),

  Int64Atomics: {
    features: ['shaderBufferInt64Atomics', 'shaderSharedInt64Atomics', 'shaderImageInt64Atomics'],
    extension: 'VK_KHR_shader_atomic_int64',
  },
  Int64ImageEXT: feature('shaderImageInt64Atomics', 'VK_EXT_shader_image_atomic_int64'),
  AtomicFloat16AddEXT: atomics('Float16AtomicAdd', ['Buffer', 'Shared'], ATOMIC_FLOAT_2),
  AtomicFloat32AddEXT: atomics('Float32AtomicAdd', ['Buffer', 'Shared', 'Image'], ATOMIC_FLOAT),
  AtomicFloat64AddEXT: atomics('Float64AtomicAdd', ['Buffer', 'Shared'], ATOMIC_FLOAT),
  AtomicFloat16MinMaxEXT: atomics('Float16AtomicMinMax', ['Buffer', 'Shared'], ATOMIC_FLOAT_2),
  AtomicFloat32MinMaxEXT: atomics('Float32AtomicMinMax', ['Buffer', 'Shared', 'Image'], ATOMIC_FLOAT_2),
  AtomicFloat64MinMaxEXT: atomics('Float64AtomicMinMax', ['Buffer', 'Shared'], ATOMIC_FLOAT_2),

  DotProduct: DOT_PRODUCT,
  DotProductInputAll: DOT_PRODUCT,
  DotProductInput4x8Bit: DOT_PRODUCT,
  DotProductInput4x8BitPacked: DOT_PRODUCT,
  ShaderClockKHR: {
    features: ['shaderSubgroupClock', 'shaderDeviceClock'],
    extension: 'VK_KHR_shader_clock',
  },
  WorkgroupMemoryExplicitLayoutKHR: feature('workgroupMemoryExplicitLayout', EXPLICIT_LAYOUT),
  WorkgroupMemoryExplicitLayout8BitAccessKHR: feature(
    'workgroupMemoryExplicitLayout8BitAccess',
    EXPLICIT_LAYOUT,
  ),
  WorkgroupMemoryExplicitLayout16BitAccessKHR: feature(
    'workgroupMemoryExplicitLayout16BitAccess',
    EXPLICIT_LAYOUT,
  ),
  ComputeDerivativeGroupQuadsKHR: feature('computeDerivativeGroupQuads', DERIVATIVES),
  ComputeDerivativeGroupLinearKHR: feature('computeDerivativeGroupLinear', DERIVATIVES),
  CooperativeMatrixKHR: feature('cooperativeMatrix', 'VK_KHR_cooperative_matrix'),
  CooperativeMatrixReductionsEXT: feature('cooperativeMatrixReductions', NV_MATRIX_2),
  CooperativeMatrixConversionsEXT: feature('cooperativeMatrixConversions', NV_MATRIX_2),
  CooperativeMatrixPerElementOperationsEXT: feature('cooperativeMatrixPerElementOperations', NV_MATRIX_2),
  CooperativeMatrixTensorAddressingNV: feature('cooperativeMatrixTensorAddressing', NV_MATRIX_2),
  CooperativeMatrixBlockLoadsNV: feature('cooperativeMatrixBlockLoads', NV_MATRIX_2),
  TensorAddressingNV: feature('cooperativeMatrixTensorAddressing', NV_MATRIX_2),
  CooperativeMatrixNV: feature('cooperativeMatrixNV', 'VK_NV_cooperative_matrix'),
  BFloat16TypeKHR: feature('shaderBFloat16Type', 'VK_KHR_shader_bfloat16'),
  BFloat16DotProductKHR: feature('shaderBFloat16DotProduct', 'VK_KHR_shader_bfloat16'),
  BFloat16CooperativeMatrixKHR: feature('shaderBFloat16CooperativeMatrix', 'VK_KHR_shader_bfloat16'),
  Float8EXT: feature('shaderFloat8', 'VK_EXT_shader_float8'),
  Float8CooperativeMatrixEXT: feature('shaderFloat8CooperativeMatrix', 'VK_EXT_shader_float8'),

  CooperativeVectorNV: notEnabled('cooperativeVector', 'VK_NV_cooperative_vector'),
  GroupNonUniformRotateKHR: notEnabled('shaderSubgroupRotate', 'VK_KHR_shader_subgroup_rotate'),
  ExpectAssumeKHR: notEnabled('shaderExpectAssume', 'VK_KHR_shader_expect_assume'),
  FloatControls2: notEnabled('shaderFloatControls2', 'VK_KHR_shader_float_controls2'),
  ReplicatedCompositesEXT: notEnabled('shaderReplicatedComposites', 'VK_EXT_shader_replicated_composites'),
  UntypedPointersKHR: notEnabled('shaderUntypedPointers', 'VK_KHR_shader_untyped_pointers'),
  AtomicFloat16VectorNV: notEnabled('shaderFloat16VectorAtomics', 'VK_NV_shader_atomic_float16_vector'),
  ShaderSMBuiltinsNV: notEnabled('shaderSMBuiltins', 'VK_NV_shader_sm_builtins'),

  GroupNonUniform: { subgroup: 'basic' },
  GroupNonUniformVote: { subgroup: 'vote' },
  GroupNonUniformArithmetic: { subgroup: 'arithmetic' },
  GroupNonUniformBallot: { subgroup: 'ballot' },
  GroupNonUniformShuffle: { subgroup: 'shuffle' },
  GroupNonUniformShuffleRelative: { subgroup: 'shuffle-relative' },
  GroupNonUniformClustered: { subgroup: 'clustered' },
  GroupNonUniformQuad: { subgroup: 'quad' },
  GroupNonUniformPartitionedEXT: { extension: 'VK_NV_shader_subgroup_partitioned' },
  SubgroupBallotKHR: { extension: 'VK_EXT_shader_subgroup_ballot' },
  SubgroupVoteKHR: { extension: 'VK_EXT_shader_subgroup_vote' },

  DenormPreserve: floatControl('shaderDenormPreserve'),
  DenormFlushToZero: floatControl('shaderDenormFlushToZero'),
  SignedZeroInfNanPreserve: floatControl('shaderSignedZeroInfNanPreserve'),
  RoundingModeRTE: floatControl('shaderRoundingModeRTE'),
  RoundingModeRTZ: floatControl('shaderRoundingModeRTZ'),
};

function feature(name: string, extension?: string): CapabilityNeed {
  return { features: [name], ...(extension === undefined ? {} : { extension }) };
}

function notEnabled(name: string, extension: string): CapabilityNeed {
  return { notEnabled: `${name} (${extension})` };
}

/** Which of the features it takes depends on where the atomics are: one at least must be there. */
function atomics(name: string, places: readonly string[], extension: string): CapabilityNeed {
  return { features: places.map((place) => `shader${place}${name}`), extension };
}

/** Which of them it takes depends on the execution mode: one at least must be true. */
function floatControl(name: string): CapabilityNeed {
  return { floatControls: ['Float16', 'Float32', 'Float64'].map((type) => `${name}${type}`) };
}
