// Makes nvk's native code accept plain memory: it looks at an object's constructor name, its sType and
// its memoryBuffer, and calls flush and reflect. Knows nothing of commands.
import { createRequire } from 'node:module';

const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi');

/** An object that nvk takes for one of its handles or structs. */
export interface NvkShim {
  readonly constructor: { readonly name: string };
  readonly memoryBuffer: ArrayBuffer;
  readonly sType?: number;
  /** Called before the command; false stops it. */
  flush(): boolean;
  /** Called after the command with the address of nvk's copy. */
  reflect(address: bigint): void;
}

/** A shim holds no more than a handle's value, so a stale one is harmless; this only bounds the memory. */
const MOST_HANDLES = 128;

const proceed = (): boolean => true;
const keep = (): void => undefined;

type HandleShims = (value: bigint) => NvkShim | null;
type MemoryShims = (memory: ArrayBuffer) => NvkShim;

// One a type, for all commands.
const byHandleType = new Map<string, HandleShims>();
const byMemoryType = new Map<string, MemoryShims>();

/** Shims of handles by value, for one type of handle. */
export function handleShims(type: string): HandleShims {
  return once(byHandleType, type, newHandleShims);
}

/** Shims over memory as it is, for one type of struct or handle: nvk reads and writes it in place. */
export function memoryShims(type: string): MemoryShims {
  return once(byMemoryType, type, newMemoryShims);
}

function once<T>(made: Map<string, T>, type: string, make: (type: string) => T): T {
  const known = made.get(type) ?? make(type);
  made.set(type, known);
  return known;
}

function newHandleShims(type: string): HandleShims {
  const kind = { name: type };
  const shims = new Map<bigint, NvkShim>();
  return (value) => {
    if (value === 0n) return null;
    const known = shims.get(value);
    if (known !== undefined) return known;
    if (shims.size === MOST_HANDLES) shims.clear();
    const memoryBuffer = new BigUint64Array([value]).buffer;
    const shim = { constructor: kind, memoryBuffer, flush: proceed, reflect: keep };
    shims.set(value, shim);
    return shim;
  };
}

function newMemoryShims(type: string): MemoryShims {
  const kind = { name: type };
  const shims = new WeakMap<ArrayBuffer, NvkShim>();
  return (memoryBuffer) => {
    let shim = shims.get(memoryBuffer);
    if (shim === undefined) {
      shim = { constructor: kind, memoryBuffer, sType: sTypeOf(memoryBuffer), flush: proceed, reflect: keep };
      shims.set(memoryBuffer, shim);
    }
    return shim;
  };
}

/**
 * A shim for one element of an array that nvk copies.
 *
 * @param out Whether the command writes the element: nvk's copy is then copied back.
 * @throws RangeError where the element does not lie inside the memory.
 */
export function elementShim(
  type: string,
  memory: ArrayBuffer,
  offset: number,
  bytes: number,
  out: boolean,
): NvkShim {
  const element = new Uint8Array(memory, offset, bytes);
  const memoryBuffer = element.slice().buffer;
  const reflect = (address: bigint): void =>
    element.set(new Uint8Array(koffi.view(BigInt.asUintN(64, address), bytes)));
  return {
    constructor: { name: type },
    memoryBuffer,
    sType: sTypeOf(memoryBuffer),
    flush: proceed,
    reflect: out ? reflect : keep,
  };
}

/** The first word: nvk compares it only for structs that have an sType. */
function sTypeOf(memory: ArrayBuffer): number {
  return new DataView(memory).getInt32(0, true);
}
