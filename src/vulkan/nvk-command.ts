// Adapts one of nvk's commands to the binding contract, by the signature in the generated table: plain
// memory goes in as the objects nvk expects, and what nvk returns in objects goes back into the memory.
import { GuestmarkError } from '../base/errors.ts';
import type { NativeCommand } from './native-command.ts';
import type { NvkModule } from './nvk-module.ts';
import { elementShim, handleShims, memoryShims, type NvkShim } from './nvk-shims.ts';
import type { CommandParameter, CommandSignature, ScalarType } from './registry/layout.ts';
import { type StructName, structTable } from './registry/structs.ts';
import { scalars } from './scalar.ts';

/** nvk's object for a scalar that a command writes. */
interface Box {
  $: number | bigint;
}

/** How a parameter goes into nvk and comes back. `all` are the parameters of the call. */
interface Adapter {
  enter(value: never, all: readonly unknown[]): unknown;
  leave?(value: never, native: never): void;
}

/**
 * The nvk command of that name, taking what the binding contract says.
 *
 * @throws GuestmarkError (unsupported) where nvk lacks the command.
 */
export function nvkCommand(nvk: NvkModule, name: string, signature: CommandSignature): NativeCommand {
  const command = nvk[name];
  if (command === undefined)
    throw new GuestmarkError('unsupported', `Cannot call ${name}: nvk does not have it`, {
      hint: '--binding auto calls it through koffi',
    });
  const adapters = signature.parameters.map((parameter) => adapterOf(parameter, signature));
  const leaving = adapters.some((adapter) => adapter.leave !== undefined);
  const enter = (all: readonly unknown[]): unknown[] =>
    adapters.map((adapter, index) => adapter.enter(all[index] as never, all));
  const call = (...all: unknown[]): unknown => command(...enter(all));
  const callAndLeave = (...all: unknown[]): unknown => {
    const native = enter(all);
    const result = command(...native);
    for (const [index, adapter] of adapters.entries())
      adapter.leave?.(all[index] as never, native[index] as never);
    return result;
  };
  return leaving ? callAndLeave : call;
}

function adapterOf(parameter: CommandParameter, signature: CommandSignature): Adapter {
  if (parameter.type === 'handle') return { enter: handleShims(parameter.handle as string) };
  if (parameter.type !== 'pointer') return { enter: (value) => value };
  if (parameter.onlyNull) return { enter: () => null };
  const { of = 'void' } = parameter;
  if (of === 'void') return { enter: (memory) => memory };
  if (of === 'pointer') return boxed('u64');
  if (of === 'handle' || of.startsWith('Vk')) return objects(parameter, signature);
  return parameter.len === undefined
    ? boxed(of as ScalarType)
    : { enter: dynamicOffsets(parameter, signature) };
}

/** A scalar that the command reads and writes, such as a count. */
function boxed(type: ScalarType): Adapter {
  const { read, write } = scalars[type];
  return {
    // nvk takes only a number here, and gives back a bigint for 64 bits.
    enter: (memory: ArrayBuffer | null) =>
      memory === null ? null : { $: Number(read(new DataView(memory), 0)) },
    leave: (memory: ArrayBuffer | null, box: Box | null) => {
      if (memory === null || box === null) return;
      write(
        new DataView(memory),
        0,
        type === 'u64' || type === 'size' ? BigInt.asUintN(64, BigInt(box.$)) : box.$,
      );
    },
  };
}

/** Structs or handles behind a pointer: one in place, or an array of which nvk makes a copy. */
function objects(parameter: CommandParameter, signature: CommandSignature): Adapter {
  const type = parameter.of === 'handle' ? (parameter.handle as string) : (parameter.of as string);
  const shimOf = memoryShims(type);
  if (parameter.len === undefined) {
    return { enter: (memory: ArrayBuffer | null) => (memory === null ? null : shimOf(memory)) };
  }
  const countOf = counter(parameter.len, signature);
  const bytes = parameter.of === 'handle' ? 8 : structTable[type as StructName].size;
  const out = parameter.constant !== true;
  const elements = (memory: ArrayBuffer, count: number): NvkShim[] =>
    Array.from({ length: count }, (_, index) => elementShim(type, memory, index * bytes, bytes, out));
  return {
    enter: (memory: ArrayBuffer | null, all) => {
      if (memory === null) return null;
      const count = countOf(all);
      // The common case of timed calls: one fence, one submission.
      return count === 1 && !out ? [shimOf(memory)] : elements(memory, count);
    },
  };
}

/** `const uint32_t *`: nvk wants a typed array of exactly the count. */
function dynamicOffsets(parameter: CommandParameter, signature: CommandSignature): Adapter['enter'] {
  const countOf = counter(parameter.len as string, signature);
  return (memory: ArrayBuffer | null, all: readonly unknown[]) =>
    memory === null ? null : new Uint32Array(memory, 0, countOf(all));
}

/** Reads an array's length: from a parameter, from what one points to, or from a member of a struct. */
function counter(len: string, signature: CommandSignature): (all: readonly unknown[]) => number {
  const [name, member] = len.split('->');
  const index = signature.parameters.findIndex((parameter) => parameter.name === name);
  const source = signature.parameters[index];
  if (source?.type !== 'pointer') return (all) => Number(all[index]);
  const offset = member === undefined ? 0 : structTable[source.of as StructName].members[member]?.offset;
  if (offset === undefined)
    throw new TypeError(`Cannot read the length ${len}: the struct has no such member`);
  return (all) => new DataView(all[index] as ArrayBuffer).getUint32(offset, true);
}
