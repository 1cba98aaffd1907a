// Which part of Vulkan this project uses: the hand-written input of `npm run registry`. The structs
// that the commands take, and the structs those contain or point to, are found by the generator.

/** Commands that are written into `commands.ts`; loader-library.ts has the two by which they are found. */
export const commands: readonly string[] = [
  // Instance and physical device
  'vkCreateInstance',
  'vkDestroyInstance',
  'vkEnumerateInstanceVersion',
  'vkEnumerateInstanceExtensionProperties',
  'vkEnumerateInstanceLayerProperties',
  'vkEnumeratePhysicalDevices',
  'vkGetPhysicalDeviceProperties',
  'vkGetPhysicalDeviceProperties2',
  'vkGetPhysicalDeviceFeatures',
  'vkGetPhysicalDeviceFeatures2',
  'vkGetPhysicalDeviceMemoryProperties',
  'vkGetPhysicalDeviceMemoryProperties2',
  'vkGetPhysicalDeviceQueueFamilyProperties',
  'vkEnumerateDeviceExtensionProperties',
  // Device and queue
  'vkCreateDevice',
  'vkDestroyDevice',
  'vkGetDeviceQueue',
  'vkDeviceWaitIdle',
  'vkQueueWaitIdle',
  'vkQueueSubmit',
  // Memory and buffers
  'vkAllocateMemory',
  'vkFreeMemory',
  'vkMapMemory',
  'vkUnmapMemory',
  'vkFlushMappedMemoryRanges',
  'vkInvalidateMappedMemoryRanges',
  'vkCreateBuffer',
  'vkDestroyBuffer',
  'vkGetBufferMemoryRequirements',
  'vkBindBufferMemory',
  // Shaders and pipelines
  'vkCreateShaderModule',
  'vkDestroyShaderModule',
  'vkCreatePipelineCache',
  'vkDestroyPipelineCache',
  'vkGetPipelineCacheData',
  'vkCreatePipelineLayout',
  'vkDestroyPipelineLayout',
  'vkCreateComputePipelines',
  'vkDestroyPipeline',
  // Descriptors
  'vkCreateDescriptorSetLayout',
  'vkDestroyDescriptorSetLayout',
  'vkCreateDescriptorPool',
  'vkDestroyDescriptorPool',
  'vkResetDescriptorPool',
  'vkAllocateDescriptorSets',
  'vkFreeDescriptorSets',
  'vkUpdateDescriptorSets',
  // Command buffers
  'vkCreateCommandPool',
  'vkDestroyCommandPool',
  'vkResetCommandPool',
  'vkAllocateCommandBuffers',
  'vkFreeCommandBuffers',
  'vkBeginCommandBuffer',
  'vkEndCommandBuffer',
  'vkResetCommandBuffer',
  'vkCmdBindPipeline',
  'vkCmdBindDescriptorSets',
  'vkCmdPushConstants',
  'vkCmdDispatch',
  'vkCmdDispatchIndirect',
  'vkCmdCopyBuffer',
  'vkCmdFillBuffer',
  'vkCmdUpdateBuffer',
  'vkCmdPipelineBarrier',
  'vkCmdResetQueryPool',
  'vkCmdWriteTimestamp',
  // Queries
  'vkCreateQueryPool',
  'vkDestroyQueryPool',
  'vkGetQueryPoolResults',
  'vkResetQueryPool',
  'vkResetQueryPoolEXT',
  // Synchronization
  'vkCreateFence',
  'vkDestroyFence',
  'vkWaitForFences',
  'vkGetFenceStatus',
  'vkResetFences',
  'vkCreateSemaphore',
  'vkDestroySemaphore',
  'vkGetSemaphoreCounterValue',
  'vkWaitSemaphores',
  'vkSignalSemaphore',
  // Clocks
  'vkGetPhysicalDeviceCalibrateableTimeDomainsEXT',
  'vkGetCalibratedTimestampsEXT',
  // Validation messages
  'vkCreateDebugUtilsMessengerEXT',
  'vkDestroyDebugUtilsMessengerEXT',
];

/** Commands that older registries lack; written only where the registry has them. */
export const newerCommands: readonly string[] = [
  'vkGetPhysicalDeviceCalibrateableTimeDomainsKHR',
  'vkGetCalibratedTimestampsKHR',
];

/** Structs that no command names, because they are chained through pNext or read in a callback. */
export const chainedStructs: readonly string[] = [
  'VkPhysicalDeviceVulkan11Features',
  'VkPhysicalDeviceVulkan12Features',
  'VkPhysicalDeviceVulkan13Features',
  'VkPhysicalDeviceVulkan11Properties',
  'VkPhysicalDeviceVulkan12Properties',
  'VkPhysicalDeviceVulkan13Properties',
  'VkPhysicalDeviceIDProperties',
  'VkPhysicalDeviceDriverProperties',
  'VkPhysicalDevicePCIBusInfoPropertiesEXT',
  'VkPhysicalDeviceSubgroupProperties',
  'VkPhysicalDeviceSubgroupSizeControlProperties',
  'VkPhysicalDeviceHostQueryResetFeatures',
  'VkPhysicalDeviceMemoryBudgetPropertiesEXT',
  'VkPhysicalDeviceTimelineSemaphoreFeatures',
  'VkPhysicalDevicePortabilitySubsetFeaturesKHR',
  'VkSemaphoreTypeCreateInfo',
  'VkTimelineSemaphoreSubmitInfo',
  'VkDebugUtilsMessengerCallbackDataEXT',
  'VkValidationFeaturesEXT',
];

/** Extensions whose names are written into `constants.ts`. */
export const extensions: readonly string[] = [
  'VK_EXT_calibrated_timestamps',
  'VK_EXT_debug_utils',
  'VK_EXT_host_query_reset',
  'VK_EXT_memory_budget',
  'VK_EXT_pci_bus_info',
  'VK_EXT_subgroup_size_control',
  'VK_EXT_validation_features',
  'VK_KHR_calibrated_timestamps',
  'VK_KHR_driver_properties',
  'VK_KHR_get_physical_device_properties2',
  'VK_KHR_portability_enumeration',
  'VK_KHR_portability_subset',
  'VK_KHR_timeline_semaphore',
];

/** Structs that are only ever passed as null: no table, and their parameters accept nothing else. */
export const nullStructs: readonly string[] = ['VkAllocationCallbacks'];

/** Enums whose values are left out: sType is filled from the struct tables. */
export const unnamedEnums: readonly string[] = ['VkStructureType'];
