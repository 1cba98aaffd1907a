// Which matrix products a device computes in one go, as its driver lists them. The commands and structs are newer than
// the generated tables (or of one vendor), so they are written down here, from vulkan_core.h of header 363.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { ComponentType, CooperativeMatrixInfo, MatrixScope } from './device-info.ts';
import { enumerate } from './enumerate.ts';
import type { Instance } from './instance.ts';
import type { CommandSignature } from './registry/layout.ts';
import { makeVersion } from './version.ts';

/** How an extension lists its products. */
interface MatrixList {
  readonly extension: CooperativeMatrixInfo['extension'];
  readonly command: string;
  /** Of the struct of one product. */
  readonly sType: number;
  /** Its size in words of 32 bits. */
  readonly words: number;
  /** Whether it says if results saturate, one word before the scope. */
  readonly saturation: boolean;
  /** Whether it ends with the invocations of a workgroup. */
  readonly invocations?: true;
}

const LISTS: readonly MatrixList[] = [
  {
    extension: 'VK_KHR_cooperative_matrix',
    command: 'vkGetPhysicalDeviceCooperativeMatrixPropertiesKHR',
    sType: 1000506001,
    words: 14,
    saturation: true,
  },
  {
    extension: 'VK_NV_cooperative_matrix',
    command: 'vkGetPhysicalDeviceCooperativeMatrixPropertiesNV',
    sType: 1000249001,
    words: 12,
    saturation: false,
  },
  {
    extension: 'VK_NV_cooperative_matrix2',
    command: 'vkGetPhysicalDeviceCooperativeMatrixFlexibleDimensionsPropertiesNV',
    sType: 1000593001,
    words: 14,
    saturation: true,
    invocations: true,
  },
];

/** Words of a product's struct: sType and pNext fill the first four. */
const SIZES_WORD = 4;
const SATURATION_WORD = 11;
const INVOCATIONS_WORD = 13;

/** VkComponentTypeKHR by number; those of extensions follow. */
const COMPONENT_TYPES: readonly ComponentType[] = [
  'f16',
  'f32',
  'f64',
  's8',
  's16',
  's32',
  's64',
  'u8',
  'u16',
  'u32',
  'u64',
];
const EXTENDED_TYPES: Readonly<Record<number, ComponentType>> = {
  1000141000: 'bf16',
  1000491002: 'e4m3',
  1000491003: 'e5m2',
};

/** VkScopeKHR. */
const SCOPES: Readonly<Record<number, MatrixScope>> = {
  1: 'device',
  2: 'workgroup',
  3: 'subgroup',
  5: 'queue-family',
};

/**
 * The products that a device lists under each extension it has.
 *
 * @param version What the device may be used up to (packed).
 */
export function listCooperativeMatrices(
  instance: Instance,
  physical: bigint,
  version: number,
  extensions: readonly string[],
): Available<readonly CooperativeMatrixInfo[]> {
  if (version < makeVersion(1, 1, 0)) return unavailable('the device or the loader is older than Vulkan 1.1');
  const lists = LISTS.filter(({ extension }) => extensions.includes(extension));
  if (lists.length === 0) return unavailable('the device lacks VK_KHR_cooperative_matrix');
  return available(lists.flatMap((list) => listOf(instance, physical, list)));
}

function listOf(instance: Instance, physical: bigint, list: MatrixList): readonly CooperativeMatrixInfo[] {
  const call = instance.binding.loadNewer(instance.handle, list.command, signatureOf(list));
  // A loader that hides the command of a driver that has it: then there is nothing to choose from.
  if (call === null) return [];
  const native = call as (device: bigint, count: ArrayBuffer, memory: ArrayBuffer | null) => number;
  const { room, count } = enumerate(
    list.command,
    (size) => roomFor(list, size),
    (found, memory) => native(physical, found, memory),
  );
  return Array.from({ length: count }, (_, index) =>
    describe(list, [...room.subarray(list.words * index, list.words * (index + 1))]),
  );
}

function roomFor({ sType, words }: MatrixList, count: number): { room: Int32Array; memory: ArrayBuffer } {
  const room = new Int32Array(words * count);
  for (let index = 0; index < count; index++) room[words * index] = sType;
  return { room, memory: room.buffer as ArrayBuffer };
}

function describe(
  { extension, saturation, invocations }: MatrixList,
  words: readonly number[],
): CooperativeMatrixInfo {
  const [m = 0, n = 0, k = 0, a = 0, b = 0, c = 0, result = 0] = words.slice(SIZES_WORD);
  const scope = SCOPES[words[SATURATION_WORD + (saturation ? 1 : 0)] as number] ?? 'other';
  return {
    extension,
    m,
    n,
    k,
    aType: componentType(a),
    bType: componentType(b),
    cType: componentType(c),
    resultType: componentType(result),
    saturating: saturation && words[SATURATION_WORD] !== 0,
    scope,
    workgroupInvocations: invocations && scope === 'workgroup' ? (words[INVOCATIONS_WORD] as number) : null,
  };
}

function componentType(value: number): ComponentType {
  return COMPONENT_TYPES[value] ?? EXTENDED_TYPES[value] ?? 'other';
}

function signatureOf({ extension }: MatrixList): CommandSignature {
  return {
    level: 'instance',
    from: extension,
    extension: true,
    returns: 'VkResult',
    parameters: [
      { name: 'physicalDevice', type: 'handle', handle: 'VkPhysicalDevice' },
      { name: 'pPropertyCount', type: 'pointer', of: 'u32' },
      { name: 'pProperties', type: 'pointer', of: 'void' },
    ],
  };
}
