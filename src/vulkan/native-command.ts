// Turns the address of a Vulkan command into a JavaScript function, by the signature in the generated
// table. The function that koffi returns is handed out as it is: nothing stands in a timed call's way.
import { createRequire } from 'node:module';
import type { CommandParameter, CommandSignature } from './registry/layout.ts';

const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi');

type Prototype = ReturnType<typeof koffi.proto>;

/** A command as native code takes it: handles and 64-bit sizes as bigint, pointers as ArrayBuffer or null. */
export type NativeCommand = (...parameters: never[]) => unknown;

const TYPES: Readonly<Record<CommandParameter['type'], string>> = {
  u8: 'uint8_t',
  char: 'char',
  i32: 'int32_t',
  u32: 'uint32_t',
  f32: 'float',
  bool32: 'uint32_t',
  i64: 'int64_t',
  u64: 'uint64_t',
  size: 'size_t',
  handle: 'uint64_t',
  pointer: 'void *',
  string: 'const char *',
};

const RETURNS = { VkResult: 'int32_t', void: 'void' } as const;

// koffi never frees types and functions: one a signature, and one a signature and address.
const prototypes = new Map<string, Prototype>();
const functions = new Map<string, NativeCommand>();

/** The command at `address`. */
export function nativeCommand(address: bigint, signature: CommandSignature): NativeCommand {
  const types = signature.parameters.map((parameter) => TYPES[parameter.type]);
  const returns = RETURNS[signature.returns];
  const shape = `${returns}(${types.join(', ')})`;
  const key = `${address} ${shape}`;
  let command = functions.get(key);
  if (command === undefined) {
    command = koffi.decode(address, prototypeOf(shape, returns, types)) as NativeCommand;
    functions.set(key, command);
  }
  return command;
}

function prototypeOf(shape: string, returns: string, types: string[]): Prototype {
  let prototype = prototypes.get(shape);
  if (prototype === undefined) {
    prototype = koffi.proto(returns, types);
    prototypes.set(shape, prototype);
  }
  return prototype;
}
