// What the benchmarks of matrix units share: the types that cooperative matrices have, how their elements are written,
// and why a device cannot run one.
import type { DeviceInfo, ElementType } from 'guestmark';
import { BFLOAT16, E4M3, E5M2, FLOAT16, type FloatFormat, floatBits, floatValue } from './small-floats.ts';

/** A type of the elements of a matrix. */
export type MatrixType = 'f16' | 'bf16' | 'e4m3' | 'e5m2' | 's8' | 'u8' | 'f32' | 's32' | 'u32';

/** How the elements of a type lie in a buffer. */
interface MatrixElements {
  readonly elements: ElementType;
  /** Undefined where an element is its number. */
  readonly format?: FloatFormat;
}

const ELEMENTS: Readonly<Record<MatrixType, MatrixElements>> = {
  f16: { elements: 'u16', format: FLOAT16 },
  bf16: { elements: 'u16', format: BFLOAT16 },
  e4m3: { elements: 'u8', format: E4M3 },
  e5m2: { elements: 'u8', format: E5M2 },
  s8: { elements: 'i8' },
  u8: { elements: 'u8' },
  f32: { elements: 'f32' },
  s32: { elements: 'i32' },
  u32: { elements: 'u32' },
};

/** Type of the buffer that holds a matrix. */
export function matrixElements(type: MatrixType): ElementType {
  return ELEMENTS[type].elements;
}

/** What is written into the buffer for a number that the type holds exactly. */
export function encodeMatrix(type: MatrixType): (value: number) => number {
  const { format } = ELEMENTS[type];
  return format === undefined ? (value) => value : (value) => floatBits(value, format);
}

/** The numbers that the elements of a buffer mean. */
export function decodeMatrix(type: MatrixType, elements: ArrayLike<number>): ArrayLike<number> {
  const { format } = ELEMENTS[type];
  if (format === undefined) return elements;
  const patterns = 2 ** (1 + format.exponentBits + format.fractionBits);
  const values = Float32Array.from({ length: patterns }, (_, bits) => floatValue(bits, format));
  // A loop, because from() takes ten times as long for the millions of elements of a product.
  const decoded = new Float32Array(elements.length);
  for (let i = 0; i < elements.length; i++) decoded[i] = values[elements[i] as number] as number;
  return decoded;
}

/** Which of the extensions a kernel is written for. */
export type MatrixExtension =
  | 'VK_KHR_cooperative_matrix'
  | 'VK_NV_cooperative_matrix'
  | 'VK_NV_cooperative_matrix2';

/** Features, by their Vulkan names, that a kernel with cooperative matrices of such inputs needs. */
export function matrixNeeds(inputs: MatrixType, extension: MatrixExtension): readonly string[] {
  const matrices = extension === 'VK_KHR_cooperative_matrix' ? 'cooperativeMatrix' : 'cooperativeMatrixNV';
  return [matrices, 'vulkanMemoryModel', typeFeature(inputs)];
}

function typeFeature(type: MatrixType): string {
  if (type === 'bf16') return 'shaderBFloat16CooperativeMatrix';
  if (type === 'e4m3' || type === 'e5m2') return 'shaderFloat8CooperativeMatrix';
  return type === 'f16' ? 'shaderFloat16' : 'shaderInt8';
}

/** One line of what a device lists. */
type ListedMatrix = Extract<DeviceInfo['cooperativeMatrices'], { readonly available: true }>['value'][number];

/** One product: result and sum are of one type, and so are both inputs. */
export interface MatrixTile {
  readonly extension: MatrixExtension;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly inputs: MatrixType;
  readonly sums: MatrixType;
}

/** Why a device does not compute such tiles by subgroups, or null. */
export function tileObstacle(
  device: DeviceInfo,
  { extension, m, n, k, inputs, sums }: MatrixTile,
): string | null {
  const { cooperativeMatrices } = device;
  if (!cooperativeMatrices.available) return cooperativeMatrices.reason;
  const listed = cooperativeMatrices.value.some(
    (one) =>
      one.extension === extension &&
      one.scope === 'subgroup' &&
      !one.saturating &&
      one.m === m &&
      one.n === n &&
      one.k === k &&
      hasTypes(one, inputs, sums),
  );
  return listed ? null : `it lists no ${m} × ${n} × ${k} tile of ${inputs} with sums of ${sums}`;
}

/**
 * Why a device does not compute tiles of the sizes it may choose (VK_NV_cooperative_matrix2), or null.
 *
 * @param workgroupSize Invocations of the workgroup that computes them, or in which a subgroup does.
 */
export function flexibleObstacle(
  device: DeviceInfo,
  { extension, m, n, k, inputs, sums }: MatrixTile,
  scope: 'workgroup' | 'subgroup',
  workgroupSize: number,
): string | null {
  const { cooperativeMatrices } = device;
  if (!cooperativeMatrices.available) return cooperativeMatrices.reason;
  const listed = cooperativeMatrices.value.some(
    (one) =>
      one.extension === extension &&
      one.scope === scope &&
      (one.workgroupInvocations ?? workgroupSize) === workgroupSize &&
      !one.saturating &&
      m % one.m === 0 &&
      n % one.n === 0 &&
      k % one.k === 0 &&
      hasTypes(one, inputs, sums),
  );
  const by = scope === 'workgroup' ? `workgroups of ${workgroupSize} invocations` : 'subgroups';
  return listed ? null : `${by} compute no ${m} × ${n} × ${k} tile of ${inputs} with sums of ${sums}`;
}

function hasTypes(one: ListedMatrix, inputs: MatrixType, sums: MatrixType): boolean {
  return one.aType === inputs && one.bType === inputs && one.cType === sums && one.resultType === sums;
}

/** Why a workgroup does not consist of whole subgroups, which cooperative matrices need, or null. */
export function subgroupObstacle({ subgroupSize }: DeviceInfo, workgroupSize: number): string | null {
  if (!subgroupSize.available) return subgroupSize.reason;
  return workgroupSize % subgroupSize.value === 0
    ? null
    : `its subgroups have ${subgroupSize.value} invocations, of which ${workgroupSize} is no multiple`;
}

/** Why a kernel made for subgroups of one size does not fit, or null. */
export function subgroupSizeObstacle({ subgroupSize }: DeviceInfo, wanted: number): string | null {
  if (!subgroupSize.available) return subgroupSize.reason;
  return subgroupSize.value === wanted
    ? null
    : `its subgroups have ${subgroupSize.value} invocations, not ${wanted}`;
}
