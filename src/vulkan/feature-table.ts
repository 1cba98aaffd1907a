// Which features of Vulkan 1.1 and later, and of extensions, kernels profit from, and where each is asked for
// and switched on. Data only. The structs are those that also devices older than Vulkan 1.2 know:
// VkPhysicalDeviceVulkan12Features and its like must not be chained beside them.
import { type StructName, structTable } from './registry/structs.ts';
import { makeVersion } from './version.ts';

/** A struct of VkBool32 members that is chained to VkPhysicalDeviceFeatures2 and to VkDeviceCreateInfo. */
export interface FeatureStruct {
  readonly sType: number;
  /** In the order of the struct: the first lies at {@link FIRST_FEATURE_OFFSET}. */
  readonly features: readonly string[];
  readonly extension: string;
  /** The Vulkan version (packed) that made the extension part of the core; null where none did. */
  readonly core: number | null;
  /** Another extension that must be enabled with it. */
  readonly besides?: string;
}

/** Where the first VkBool32 lies: behind sType and pNext. */
export const FIRST_FEATURE_OFFSET = 16;

const V1_1 = makeVersion(1, 1, 0);
const V1_2 = makeVersion(1, 2, 0);
const V1_3 = makeVersion(1, 3, 0);

/** All of them. Beside what `besides` says, their extensions depend on Vulkan 1.1 alone. */
export const FEATURE_STRUCTS: readonly FeatureStruct[] = [
  known('VkPhysicalDevice16BitStorageFeatures', 'VK_KHR_16bit_storage', V1_1),
  known('VkPhysicalDeviceVariablePointersFeatures', 'VK_KHR_variable_pointers', V1_1),
  known('VkPhysicalDevice8BitStorageFeatures', 'VK_KHR_8bit_storage', V1_2),
  known('VkPhysicalDeviceShaderFloat16Int8Features', 'VK_KHR_shader_float16_int8', V1_2),
  known('VkPhysicalDeviceShaderAtomicInt64Features', 'VK_KHR_shader_atomic_int64', V1_2),
  known('VkPhysicalDeviceVulkanMemoryModelFeatures', 'VK_KHR_vulkan_memory_model', V1_2),
  known('VkPhysicalDeviceShaderSubgroupExtendedTypesFeatures', 'VK_KHR_shader_subgroup_extended_types', V1_2),
  known('VkPhysicalDeviceScalarBlockLayoutFeatures', 'VK_EXT_scalar_block_layout', V1_2),
  known('VkPhysicalDeviceUniformBufferStandardLayoutFeatures', 'VK_KHR_uniform_buffer_standard_layout', V1_2),
  // Host benchmarks wait with it; no kernel needs it.
  known('VkPhysicalDeviceTimelineSemaphoreFeatures', 'VK_KHR_timeline_semaphore', V1_2),
  known('VkPhysicalDeviceHostQueryResetFeatures', 'VK_EXT_host_query_reset', V1_2),
  known('VkPhysicalDeviceSubgroupSizeControlFeatures', 'VK_EXT_subgroup_size_control', V1_3),
  known('VkPhysicalDeviceMaintenance4Features', 'VK_KHR_maintenance4', V1_3),
  known('VkPhysicalDeviceShaderIntegerDotProductFeatures', 'VK_KHR_shader_integer_dot_product', V1_3),
  known(
    'VkPhysicalDeviceZeroInitializeWorkgroupMemoryFeatures',
    'VK_KHR_zero_initialize_workgroup_memory',
    V1_3,
  ),
  known('VkPhysicalDeviceShaderAtomicFloatFeaturesEXT', 'VK_EXT_shader_atomic_float'),
  {
    ...known('VkPhysicalDeviceShaderAtomicFloat2FeaturesEXT', 'VK_EXT_shader_atomic_float2'),
    besides: 'VK_EXT_shader_atomic_float',
  },
  known('VkPhysicalDeviceShaderImageAtomicInt64FeaturesEXT', 'VK_EXT_shader_image_atomic_int64'),
  known('VkPhysicalDeviceShaderClockFeaturesKHR', 'VK_KHR_shader_clock'),
  known(
    'VkPhysicalDeviceWorkgroupMemoryExplicitLayoutFeaturesKHR',
    'VK_KHR_workgroup_memory_explicit_layout',
  ),
  known(
    'VkPhysicalDeviceShaderSubgroupUniformControlFlowFeaturesKHR',
    'VK_KHR_shader_subgroup_uniform_control_flow',
  ),
  known('VkPhysicalDeviceComputeShaderDerivativesFeaturesNV', 'VK_NV_compute_shader_derivatives'),
  // The rest is newer than header 239, or of one vendor: from the Vulkan specification, section "Features".
  newer(1000506000, 'VK_KHR_cooperative_matrix', [
    'cooperativeMatrix',
    'cooperativeMatrixRobustBufferAccess',
  ]),
  // Its members have the names of the KHR struct's; the suffix tells them apart in a device's list.
  newer(1000249000, 'VK_NV_cooperative_matrix', [
    'cooperativeMatrixNV',
    'cooperativeMatrixRobustBufferAccessNV',
  ]),
  {
    ...newer(1000593000, 'VK_NV_cooperative_matrix2', [
      'cooperativeMatrixWorkgroupScope',
      'cooperativeMatrixFlexibleDimensions',
      'cooperativeMatrixReductions',
      'cooperativeMatrixConversions',
      'cooperativeMatrixPerElementOperations',
      'cooperativeMatrixTensorAddressing',
      'cooperativeMatrixBlockLoads',
    ]),
    besides: 'VK_KHR_cooperative_matrix',
  },
  newer(1000141000, 'VK_KHR_shader_bfloat16', [
    'shaderBFloat16Type',
    'shaderBFloat16DotProduct',
    'shaderBFloat16CooperativeMatrix',
  ]),
  newer(1000567000, 'VK_EXT_shader_float8', ['shaderFloat8', 'shaderFloat8CooperativeMatrix']),
];

/** Features of VkPhysicalDeviceFeatures that are switched on where they are there. */
export const WANTED_CORE_FEATURES: readonly string[] = [
  // Host benchmarks bind memory with it; no kernel needs it.
  'sparseBinding',
  'shaderFloat64',
  'shaderInt64',
  'shaderInt16',
  'shaderImageGatherExtended',
  'shaderStorageImageExtendedFormats',
  'shaderStorageImageReadWithoutFormat',
  'shaderStorageImageWriteWithoutFormat',
  'shaderUniformBufferArrayDynamicIndexing',
  'shaderStorageBufferArrayDynamicIndexing',
  'shaderStorageImageArrayDynamicIndexing',
];

/** Features of other stages than compute, or of sparse images: not listed, not switched on. */
export const UNWANTED_FEATURES: readonly string[] = [
  'storageInputOutput16',
  'sparseImageFloat32Atomics',
  'sparseImageFloat32AtomicAdd',
  'sparseImageFloat32AtomicMinMax',
  'sparseImageInt64Atomics',
  'cooperativeMatrixRobustBufferAccess',
  'cooperativeMatrixRobustBufferAccessNV',
];

/** Extensions without a feature that modules may need, and the version from which on they are in the core. */
export const PLAIN_EXTENSIONS: Readonly<Record<string, number | null>> = {
  VK_KHR_storage_buffer_storage_class: V1_1,
  VK_KHR_shader_float_controls: V1_2,
  VK_KHR_spirv_1_4: V1_2,
  // For the capability ShaderNonUniform alone: its features are of arrays of descriptors.
  VK_EXT_descriptor_indexing: V1_2,
  VK_KHR_shader_non_semantic_info: V1_3,
  VK_EXT_shader_subgroup_ballot: null,
  VK_EXT_shader_subgroup_vote: null,
  VK_NV_shader_subgroup_partitioned: null,
  VK_GOOGLE_decorate_string: null,
  VK_GOOGLE_hlsl_functionality1: null,
  VK_GOOGLE_user_type: null,
};

function known(name: StructName, extension: string, core: number | null = null): FeatureStruct {
  const { sType = 0, members } = structTable[name];
  const features = Object.entries(members).flatMap(([member, { type }]) =>
    type === 'bool32' ? [member] : [],
  );
  return { sType, features, extension, core };
}

function newer(sType: number, extension: string, features: readonly string[]): FeatureStruct {
  return { sType, features, extension, core: null };
}
