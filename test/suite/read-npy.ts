// Reads NumPy files by the description of the format alone, for tests of what writes them.

/** What a file says of itself, and its data. */
export interface ParsedNpy {
  readonly descr: string;
  readonly shape: readonly number[];
  readonly data: Buffer;
}

/** Parses a file of version 1.0 in C order; throws for anything else. */
export function parseNpy(file: Buffer): ParsedNpy {
  if (file.toString('latin1', 0, 8) !== '\x93NUMPY\x01\x00') throw new Error('no .npy file of version 1.0');
  const end = 10 + file.readUInt16LE(8);
  const header = file.toString('latin1', 10, end);
  const match = /^\{'descr': '([<|]\w+)', 'fortran_order': False, 'shape': \(([\d, ]+)\), \} *\n$/.exec(
    header,
  );
  if (match === null) throw new Error(`no dictionary: ${header}`);
  const shape = (match[2] as string)
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  return { descr: match[1] as string, shape, data: file.subarray(end) };
}
