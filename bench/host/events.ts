// Events: how fast the CPU sees what the device sets, and what a pair of set and wait costs inside a command buffer.
import { allOf, compareElements, defineHostBenchmark } from 'guestmark';
import { check, createFence, handleArray, structArray, vk } from 'guestmark/vulkan';
import { countedSubmission } from '../parts/counted-submission.ts';
import { createEvent, isSet, pollUntilSet } from '../parts/event.ts';
import { commandBuffer, submitInfo } from '../parts/raw-submission.ts';
import { positiveInteger } from '../parts/workgroup.ts';

const LIMIT_NS = 10e9;

const eventHost = defineHostBenchmark({
  name: 'event-host',
  summary: 'From submitting a dispatch and vkCmdSetEvent until vkGetEventStatus on the CPU sees the event',
  category: 'host',
  explanation: {
    method:
      'One vkQueueSubmit of a recorded command buffer with one dispatch of one invocation and vkCmdSetEvent at its stage, and vkGetEventStatus until the event is set. The fence is waited for, and the event is reset by the CPU, outside of the time. The other way round, a device that waits for vkSetEvent of the CPU, is not valid: see timeline-signal.',
    limit:
      'The path to the device, one workgroup and the way back of one word: the CPU is never asleep, and neither the fence nor an interrupt is in the way. What submit-dispatch takes longer is the end of a submission and the wake-up of the waiting thread. A driver may write the event only when the command buffer ends.',
    verification:
      'The dispatch adds one to a counter, without an atomic: it equals the submissions, modulo 2^32. Behind every wait the event is set and behind every reset it is not, and both are counted.',
    sources: ['Vulkan specification, Events', 'Vulkan specification, VUID-vkSetEvent-event-09543'],
  },
  axes: {},
  suites: { latency: {}, host: {}, full: {} },
  items: () => 1,
  operation: (_, host) => {
    const { scope, stamp } = host;
    const device = host.vulkan();
    const { commands, handle, queue } = device;
    const { vkQueueSubmit } = commands;
    const { record, counted } = countedSubmission(host);
    const event = createEvent(device, scope);
    const recorded = commandBuffer(device, scope, (buffer) => {
      record(buffer);
      commands.vkCmdSetEvent(buffer, event, vk.VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT);
    });
    const { memory } = submitInfo(handleArray([recorded]));
    const fence = scope.use(createFence(device));
    let [set, unset] = [0, 0];
    return {
      // The submission, the polls and a look at the clock.
      calls: 3,
      run: () => {
        check('vkQueueSubmit', vkQueueSubmit(queue, 1, memory, fence.handle));
      },
      wait: () => pollUntilSet(device, event, stamp, LIMIT_NS),
      reset: () => {
        fence.wait('block', LIMIT_NS);
        fence.reset();
        if (isSet(device, event)) set++;
        check('vkResetEvent', commands.vkResetEvent(handle, event));
        if (!isSet(device, event)) unset++;
      },
      verify: (times) =>
        allOf(
          compareElements('counter', [counted()], [times >>> 0]),
          compareElements('events set and reset', [set, unset], [times, times]),
        ),
    };
  },
});

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
