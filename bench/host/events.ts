// Events: how fast a waiting device is let go by the CPU, and what a pair of set and wait costs inside a command buffer.
import { allOf, compareElements, defineHostBenchmark, type HostContext } from 'guestmark';
import { check, createFence, handleArray, structArray, vk } from 'guestmark/vulkan';
import { countedSubmission } from '../parts/counted-submission.ts';
import { createEvent, isSet, pollUntilSet } from '../parts/event.ts';
import { type Gate, gatedOperation } from '../parts/gated-operation.ts';
import { commandBuffer, submitInfo } from '../parts/raw-submission.ts';
import { positiveInteger } from '../parts/workgroup.ts';

const LIMIT_NS = 10e9;
const MILLISECOND_NS = 1e6;

const eventHost = defineHostBenchmark({
  name: 'event-host',
  summary: 'From vkSetEvent on the CPU until the fence of the command buffer that waited for it',
  category: 'host',
  explanation: {
    method:
      'Untimed, a command buffer is submitted that sets one event, waits for another (vkCmdWaitEvents with the stage HOST) and runs one dispatch; once the CPU sees the first event, the device stands at the wait. Timed are vkSetEvent and the wait for the fence.',
    limit:
      'No submission is in the way: the device polls memory or is told, starts one workgroup and signals the fence. The difference to submit-dispatch is what submitting costs; what remains is mostly the wake-up of the waiting thread. A software device waits by spinning on a CPU.',
    verification:
      'The dispatch adds one to a counter, without an atomic: it equals the events set, modulo 2^32. Without vkSetEvent the fence must still not be signalled after a millisecond.',
    sources: ['Vulkan specification, Events'],
  },
  axes: {},
  suites: { latency: {}, host: {}, full: {} },
  items: () => 1,
  operation: (_, host) => gatedOperation(host, eventGate(host)),
});

/** A submission that sets one event, waits for another, and counts. */
function eventGate({ scope, stamp, deadlineNs, ...host }: HostContext): Gate {
  const device = host.vulkan();
  const { commands, handle, queue } = device;
  const { vkSetEvent } = commands;
  const { record, counted } = countedSubmission({ ...host, scope });
  const [arrived, go] = [createEvent(device, scope), createEvent(device, scope)];
  const gated = commandBuffer(device, scope, (buffer) => {
    const [from, to] = [vk.VK_PIPELINE_STAGE_HOST_BIT, vk.VK_PIPELINE_STAGE_ALL_COMMANDS_BIT];
    commands.vkCmdSetEvent(buffer, arrived, vk.VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT);
    commands.vkCmdWaitEvents(buffer, 1, handleArray([go]), from, to, 0, null, 0, null, 0, null);
    record(buffer);
  });
  const { memory } = submitInfo(handleArray([gated]));
  const fence = scope.use(createFence(device));
  const fences = handleArray([fence.handle]);
  return {
    submit: () => {
      check('vkQueueSubmit', commands.vkQueueSubmit(queue, 1, memory, fence.handle));
    },
    arrive: () => pollUntilSet(device, arrived, stamp, Math.min(deadlineNs, stamp.nowNs() + LIMIT_NS)),
    release: () => {
      check('vkSetEvent', vkSetEvent(handle, go));
    },
    wait: () => fence.wait('block', LIMIT_NS),
    restore: () => {
      fence.reset();
      for (const event of [arrived, go]) check('vkResetEvent', commands.vkResetEvent(handle, event));
    },
    isHeld: () => commands.vkWaitForFences(handle, 1, fences, 1, MILLISECOND_NS) === vk.VK_TIMEOUT,
    counts: (releases) => [{ found: counted(), expected: releases >>> 0 }],
  };
}

const eventDevice = defineHostBenchmark({
  name: 'event-device',
  summary: 'Pairs of vkCmdSetEvent and vkCmdWaitEvents in a command buffer',
  category: 'host',
  explanation: {
    method:
      'One submission of a recorded command buffer with so many events, each set at the stage of compute shaders and waited for at once by the same stage, then one dispatch, and the wait for the fence; the time is told for each pair. The events are reset by the CPU, untimed.',
    limit:
      'With one pair the round trip of submit-dispatch. With many what the front end of the device takes to write a word when earlier work is done, and to see it: a barrier (dispatches with kind 1) in two halves.',
    verification:
      'Behind every fence all events are set, which the CPU counts before it resets them, and the dispatch has added one to a counter.',
    sources: ['Vulkan specification, Events'],
  },
  axes: { count: [100] },
  suites: { host: {}, full: { count: [1, 10, 100, 1000] } },
  requires: ({ count }) => positiveInteger('count', count),
  items: ({ count }) => count,
  itemName: 'pairs',
  showsItemTime: true,
  operation: ({ count }, host) => {
    const { scope } = host;
    const device = host.vulkan();
    const { commands, handle, queue } = device;
    const { vkQueueSubmit } = commands;
    const { record, counted } = countedSubmission(host);
    const events = Array.from({ length: count }, () => createEvent(device, scope));
    const pairs = commandBuffer(device, scope, (buffer) => {
      const stage = vk.VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT;
      const { memory: barrier } = structArray('VkMemoryBarrier', [
        { srcAccessMask: vk.VK_ACCESS_SHADER_WRITE_BIT, dstAccessMask: vk.VK_ACCESS_SHADER_READ_BIT },
      ]);
      for (const event of events) {
        commands.vkCmdSetEvent(buffer, event, stage);
        commands.vkCmdWaitEvents(buffer, 1, handleArray([event]), stage, stage, 1, barrier, 0, null, 0, null);
      }
      record(buffer);
    });
    const { memory } = submitInfo(handleArray([pairs]));
    const fence = scope.use(createFence(device));
    let unset = 0;
    return {
      calls: 2,
      run: () => {
        check('vkQueueSubmit', vkQueueSubmit(queue, 1, memory, fence.handle));
      },
      wait: () => fence.wait('block', LIMIT_NS),
      reset: () => {
        fence.reset();
        for (const event of events) {
          if (!isSet(device, event)) unset++;
          check('vkResetEvent', commands.vkResetEvent(handle, event));
        }
      },
      verify: (times) =>
        allOf(
          compareElements('counter', [counted()], [times >>> 0]),
          compareElements('events that were not set', [unset], [0]),
        ),
    };
  },
});

export default [eventHost, eventDevice];
