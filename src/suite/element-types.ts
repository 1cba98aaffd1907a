// The element types of buffers and images: the typed array that holds them on the CPU, and how large one is. Knows no
// benchmark and no device.

/** Element types of a buffer, as the shader sees them. */
export type ElementType = 'f32' | 'u32' | 'i32' | 'f64' | 'u16' | 'i16' | 'u8' | 'i8';

/** The typed array that holds a buffer's elements on the CPU. */
export type Elements =
  | Float32Array
  | Uint32Array
  | Int32Array
  | Float64Array
  | Uint16Array
  | Int16Array
  | Uint8Array
  | Int8Array;

interface ElementsConstructor {
  new (length: number): Elements;
  readonly BYTES_PER_ELEMENT: number;
}

const ARRAYS: Readonly<Record<ElementType, ElementsConstructor>> = {
  f32: Float32Array,
  u32: Uint32Array,
  i32: Int32Array,
  f64: Float64Array,
  u16: Uint16Array,
  i16: Int16Array,
  u8: Uint8Array,
  i8: Int8Array,
};

/** Names of the element types. */
export const ELEMENT_TYPES: readonly string[] = Object.keys(ARRAYS);

/** Size of one element in bytes. */
export function elementBytes(type: ElementType): number {
  return ARRAYS[type].BYTES_PER_ELEMENT;
}

/** Elements of a type, all zero. May throw RangeError where the memory is not there. */
export function newElements(type: ElementType, length: number): Elements {
  return new ARRAYS[type](length);
}

/** The bytes of elements, not copied. */
export function bytesOf(elements: Elements): Uint8Array {
  return new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength);
}
