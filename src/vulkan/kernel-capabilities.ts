// Which SPIR-V capabilities a kernel may declare. An allow list, because a driver that is given one it was not
// created for may crash instead of refusing: what is not named here is not enabled. Pure.
// Source: Vulkan specification, appendix "Vulkan Environment for SPIR-V", table of capabilities.

/** Capabilities of every Vulkan 1.0 device; those of other stages than compute are left out. */
const ALWAYS: readonly string[] = [
  'Matrix',
  'Shader',
  'Sampled1D',
  'Image1D',
  'SampledBuffer',
  'ImageBuffer',
  'ImageQuery',
  'StorageImageExtendedFormats',
];

/** Capabilities that need a feature; the logical device enables those of them that the device has. */
export const FEATURE_OF_CAPABILITY = {
  Float64: 'shaderFloat64',
  Int64: 'shaderInt64',
  Int16: 'shaderInt16',
} as const;

/**
 * Why a kernel with these capabilities cannot run on a device with these features, as the state of an
 * error message; undefined where it can.
 */
export function capabilityObstacle(
  capabilities: readonly string[],
  features: readonly string[],
): string | undefined {
  for (const name of capabilities) {
    const obstacle = obstacleOf(name, features);
    if (obstacle !== undefined) return obstacle;
  }
  return undefined;
}

function obstacleOf(name: string, features: readonly string[]): string | undefined {
  if (ALWAYS.includes(name)) return undefined;
  if (Object.hasOwn(FEATURE_OF_CAPABILITY, name)) {
    const feature = FEATURE_OF_CAPABILITY[name as keyof typeof FEATURE_OF_CAPABILITY];
    return features.includes(feature) ? undefined : `the device lacks the feature ${feature}`;
  }
  // Reflection calls a capability that it has no name for Capability<N>.
  const needs = `it needs the capability ${name.replace(/^Capability(?=\d+$)/, '')}`;
  if (name.startsWith('GroupNonUniform')) {
    // What a device can do in subgroups is not read yet (VkPhysicalDeviceSubgroupProperties).
    return `${needs}, which is not supported yet by this host layer`;
  }
  return `${needs}, which this program does not enable`;
}
