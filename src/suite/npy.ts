// The NumPy format 1.0, by which outputs can be looked at with `numpy.load`. Source: the documentation of
// numpy.lib.format. Pure; the data themselves are the elements as they lie in memory.
import type { ElementType } from './benchmark.ts';

/** As NumPy names them; typed arrays are little-endian on every machine that Vulkan runs on. */
const DTYPES: Readonly<Record<ElementType, string>> = {
  f32: '<f4',
  u32: '<u4',
  i32: '<i4',
  f64: '<f8',
  u16: '<u2',
  i16: '<i2',
  u8: '|u1',
  i8: '|i1',
};

const MAGIC = Uint8Array.of(0x93, ...Buffer.from('NUMPY', 'latin1'));
const VERSION = Uint8Array.of(1, 0);
/** Data begin at a multiple of it, so that they can be mapped. */
const ALIGNMENT = 64;
/** Magic, version and the length of the dictionary, which is a little-endian uint16. */
const PREFIX_BYTES = 10;

/** What stands in a `.npy` file before the data, which follow in C order. */
export function npyHeader(type: ElementType, shape: readonly number[]): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dictionary = `{'descr': '${DTYPES[type]}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const end = Math.ceil((PREFIX_BYTES + dictionary.length + 1) / ALIGNMENT) * ALIGNMENT;
  const text = `${dictionary.padEnd(end - PREFIX_BYTES - 1)}\n`;
  const length = Buffer.alloc(2);
  length.writeUInt16LE(text.length);
  return Buffer.concat([MAGIC, VERSION, length, Buffer.from(text, 'latin1')]);
}
