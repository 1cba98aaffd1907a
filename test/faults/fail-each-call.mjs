// Tiny cases, each in a device of its own, once for every call of Vulkan that it makes, which fails; in one process, because the
// loader loads the fault layer anew with every instance. Tells what was made before a failure and was not destroyed after it.
//
//   node test/faults/fail-each-call.mjs BINDING RESULT MOST_CALLS_OF_A_COMMAND CASE…   (after `npm run build`)
import { openSession } from '../../dist/isolation/open-session.js';
import { loadBenchmarks } from '../../dist/suite/load.js';
import { planCases } from '../../dist/suite/plan.js';
import { runCase } from '../../dist/suite/run-case.js';
import { openDevice } from '../../dist/vulkan/index.js';
import { commandTable } from '../../dist/vulkan/registry/commands.js';
import { buildFaultLayer } from './layer/fault-layer.mjs';
import { plainSession, softwareDevice } from './plain-session.mjs';

/** A device that cannot be waited for is left alone, on purpose, with all that was made from it. */
const WAITS = new Set([
  'vkDeviceWaitIdle',
  'vkWaitForFences',
  'vkQueueWaitIdle',
  'vkGetFenceStatus',
  'vkGetSemaphoreCounterValue',
  'vkWaitSemaphores',
  'vkSignalSemaphore',
]);

const [binding, result, most, ...selectors] = process.argv.slice(2);
const cases = planCases(await loadBenchmarks(), { suite: 'quick', selectors, axes: {} });
const opened = openSession(softwareDevice(binding), () => undefined, null);
const layer = buildFaultLayer();
for (const one of cases) console.log(JSON.stringify(await failEachCall(one)));
layer[Symbol.dispose]();
opened[Symbol.dispose]();

async function failEachCall(one) {
  const { calls, said, left } = await attempt(one, '');
  const plans = Object.entries(calls).flatMap(([name, count]) =>
    commandTable[name].returns !== 'VkResult' || WAITS.has(name)
      ? []
      : Array.from({ length: Math.min(count, Number(most)) }, (_, call) => `${name}@${call + 1}=${result}`),
  );
  const outcomes = [];
  for (const plan of plans) outcomes.push({ plan, ...(await attempt(one, plan)) });
  const those = (is) => outcomes.filter(is);
  return {
    id: one.id,
    faultless: { said, left },
    injected: those(({ faults }) => faults > 0).length,
    notInjected: those(({ faults }) => faults === 0).map(({ plan }) => plan),
    failed: those(({ said: it }) => it !== 'ok').length,
    unusable: those(({ usable }) => !usable).map(({ plan }) => plan),
    left: those((it) => it.left !== '').map((it) => `${it.plan}: ${it.left}`),
  };
}

/** Opens the device and runs the case under a plan of faults. */
async function attempt(one, plan) {
  const strike = layer.strike(plan);
  Object.assign(process.env, strike.environment);
  const outcome = await underFaults(one);
  for (const name of Object.keys(strike.environment)) delete process.env[name];
  const { faults, calls: called, objects, allocatedBytes, freedBytes } = strike.counts();
  const left = Object.entries(objects).filter(([, { made, gone }]) => made !== gone);
  const words = left.map(([type, { made, gone }]) => `${made - gone} ${type}`);
  if (allocatedBytes !== freedBytes) words.push(`${allocatedBytes - freedBytes} bytes`);
  return { ...outcome, faults, calls: called, left: words.join(', ') };
}

async function underFaults(one) {
  let own;
  try {
    own = openDevice({ binding, match: 'llvmpipe' });
  } catch (error) {
    return { said: error.message, usable: true };
  }
  const { device } = own;
  const { status, failure, notes } = await runCase(session(device), one);
  const { usable } = device;
  let said = failure?.message ?? status;
  try {
    own[Symbol.dispose]();
  } catch (error) {
    said += `; closing: ${error.message}`;
  }
  return { said: [said, ...notes.filter((note) => note.startsWith('closing'))].join('; '), usable };
}

function session(device) {
  return plainSession(opened, { device, clocks: { ...opened.clocks, workers: null } });
}
