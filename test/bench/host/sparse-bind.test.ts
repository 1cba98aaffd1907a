// Sparse binding where no device offers it: lavapipe, whose buffers are made ordinary ones and bound whole at the first
// vkQueueBindSparse. The structs that a driver would read are read here, as a driver does, by their addresses.
import { describe, expect, it } from 'vitest';
import { available } from '../../../src/base/availability.ts';
import { Scope } from '../../../src/base/scope.ts';
import type { Operation } from '../../../src/suite/operation.ts';
import type { ComputeDevice } from '../../../src/vulkan/compute-device.ts';
import type { LogicalDevice } from '../../../src/vulkan/logical-device.ts';
import { VK_QUEUE_SPARSE_BINDING_BIT } from '../../../src/vulkan/registry/constants.ts';
import { type StructName, structTable } from '../../../src/vulkan/registry/structs.ts';
import { readStruct, type ValueOf } from '../../../src/vulkan/struct.ts';
import { openVulkanDevice } from '../../../src/vulkan/vulkan-device.ts';
import { type ChangedInstance, type Changes, changedInstance } from '../../vulkan/changed-commands.ts';
import { hostContextOn } from '../host-context-on.ts';
import { casesOf } from '../on-device.ts';

const AREA_BYTES = 64 * 2 ** 20;

interface Page {
  readonly resourceOffset: number;
  readonly size: number;
  readonly memory: bigint;
  readonly memoryOffset: number;
}

/** lavapipe with sparse binding pretended, and the pages of each vkQueueBindSparse. */
function pretendSparse(): {
  changed: ChangedInstance;
  calls: (readonly Page[])[];
  vulkan: () => LogicalDevice;
} {
  const calls: (readonly Page[])[] = [];
  const bound = new Set<bigint>();
  let device: LogicalDevice | undefined;
  const changes: Changes = {
    vkCreateBuffer: (original, [owner, info, ...rest]) =>
      original(owner, withoutFlags(info as ArrayBuffer), ...rest),
    vkQueueBindSparse: (_, [queue, count, info, fence]) => {
      expect(count).toBe(1);
      const { commands, handle, instance } = device as LogicalDevice;
      const { buffer, pages } = pagesOf(info as ArrayBuffer, instance.binding.viewMemory);
      calls.push(pages);
      const memory = pages[0]?.memory ?? 0n;
      if (memory !== 0n && !bound.has(buffer)) {
        bound.add(buffer);
        expect(commands.vkBindBufferMemory(handle, buffer, memory, 0)).toBe(0);
      }
      return commands.vkQueueSubmit(queue as bigint, 0, null, fence as bigint);
    },
  };
  const changed = changedInstance(changes);
  return {
    changed,
    calls,
    vulkan: () => {
      const opened = openVulkanDevice(changed.instance, changed.lavapipe).vulkan;
      if (!opened.available) throw new Error(opened.reason);
      device = withSparseQueue(opened.value);
      return device;
    },
  };
}

function offsetOf(name: StructName, member: string): number {
  const found = structTable[name].members[member];
  if (found === undefined) throw new Error(`${name} has no ${member}`);
  return found.offset;
}

function withoutFlags(info: ArrayBuffer): ArrayBuffer {
  const copy = info.slice(0);
  new DataView(copy).setUint32(offsetOf('VkBufferCreateInfo', 'flags'), 0, true);
  return copy;
}

function withSparseQueue(device: LogicalDevice): LogicalDevice {
  const { instance } = device;
  const queueFlags = offsetOf('VkQueueFamilyProperties', 'queueFlags');
  const query: typeof instance.commands.vkGetPhysicalDeviceQueueFamilyProperties = (
    physical,
    count,
    families,
  ) => {
    instance.commands.vkGetPhysicalDeviceQueueFamilyProperties(physical, count, families);
    if (families === null) return;
    const view = new DataView(families);
    view.setUint32(queueFlags, view.getUint32(queueFlags, true) | VK_QUEUE_SPARSE_BINDING_BIT, true);
  };
  const commands = { ...instance.commands, vkGetPhysicalDeviceQueueFamilyProperties: query };
  return { ...device, instance: { ...instance, commands } };
}

type View = (address: bigint, bytes: number) => ArrayBuffer;

function pagesOf(info: ArrayBuffer, view: View): { buffer: bigint; pages: readonly Page[] } {
  const at = <N extends StructName>(name: N, address: bigint): ValueOf<N> =>
    readStruct({ name, memory: view(address, structTable[name].size).slice(0) });
  const { bufferBindCount, pBufferBinds } = readStruct({ name: 'VkBindSparseInfo', memory: info });
  expect(bufferBindCount).toBe(1);
  const { buffer, bindCount, pBinds } = at('VkSparseBufferMemoryBindInfo', pBufferBinds);
  const { size: stride } = structTable.VkSparseMemoryBind;
  const pages = Array.from({ length: bindCount }, (_, index) => {
    const bind = at('VkSparseMemoryBind', pBinds + BigInt(index * stride));
    return {
      resourceOffset: Number(bind.resourceOffset),
      size: Number(bind.size),
      memory: bind.memory,
      memoryOffset: Number(bind.memoryOffset),
    };
  });
  return { buffer, pages };
}

async function operate(selector: string, vulkan: () => LogicalDevice, scope: Scope): Promise<Operation> {
  const [one] = casesOf(selector);
  if (one?.benchmark.operation === undefined) throw new Error('cannot start');
  const raw = vulkan();
  const device = { info: raw.info, vulkan: available(raw) } as ComputeDevice;
  const opening = { instanceNs: 0, enumerateNs: 0, deviceNs: 0 };
  const host = hostContextOn({ device, opening }, one, scope);
  return one.benchmark.operation(one.axes, host);
}

describe('sparse-bind', () => {
  it.each([
    [0, 2 ** 16],
    [1, 2 ** 20],
  ])('with unbind=%i binds every page of the area once, and unbinds as many', async (unbind, bytes) => {
    const { changed, calls, vulkan } = pretendSparse();
    using scope = new Scope();
    const operation = await operate(`sparse-bind[bytes=${bytes},unbind=${unbind}]`, vulkan, scope);
    calls.length = 0;
    operation.run();
    operation.wait?.();
    operation.reset?.();
    expect(operation.verify(1)).toMatchObject({ ok: true, checked: 1 + AREA_BYTES / bytes });
    expect(operation.verify(2)).toMatchObject({ ok: false });
    const [timed, opposite] = calls as [readonly Page[], readonly Page[]];
    const [binds, unbinds] = unbind === 0 ? [timed, opposite] : [opposite, timed];
    const offsets = Array.from({ length: AREA_BYTES / bytes }, (_, page) => page * bytes);
    const ascending = (numbers: readonly number[]): readonly number[] => [...numbers].sort((a, b) => a - b);
    expect(binds.map((page) => page.resourceOffset)).toEqual(offsets);
    expect(ascending(binds.map((page) => page.memoryOffset))).toEqual(offsets);
    expect(new Set(binds.map((page) => page.size))).toEqual(new Set([bytes]));
    expect(new Set(binds.map((page) => page.memory)).size).toBe(1);
    expect(unbinds.map((page) => page.resourceOffset)).toEqual(offsets);
    expect(new Set(unbinds.map((page) => page.memory))).toEqual(new Set([0n]));
    expect(changed.calls('vkQueueBindSparse')).toBe(calls.length + unbind);
  });

  it('holds a copy onto the buffer against one onto an ordinary buffer', async () => {
    const { vulkan } = pretendSparse();
    using scope = new Scope();
    const operation = await operate('sparse-bind[bytes=16Mi,unbind=0]', vulkan, scope);
    const [penalty] = operation.figures?.() ?? [];
    expect(penalty).toMatchObject({ id: 'copyPenalty', unit: 'ratio', estimate: { available: true } });
  });
});
