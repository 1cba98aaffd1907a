// The same failure again and again in one process, which must hold nothing more after it: devices that do not open, and cases
// for which there is no memory. Beside them the devices are listed as often, which must leave nothing either.
//
//   node --expose-gc test/faults/fail-again.mjs TIMES   (after `npm run build`)

import { openSession } from '../../dist/isolation/open-session.js';
import { loadBenchmarks } from '../../dist/suite/load.js';
import { planCases } from '../../dist/suite/plan.js';
import { runCase } from '../../dist/suite/run-case.js';
import { openDevice } from '../../dist/vulkan/index.js';
import { listDevices } from '../../dist/vulkan/list-devices.js';
import { processState } from '../../docs/measurements/reliability/process-state.mjs';
import { buildFaultLayer } from './layer/fault-layer.mjs';
import { plainSession, softwareDevice } from './plain-session.mjs';

const times = Number(process.argv[2]);
/** Caches reach their size: those of handles under nvk hold 1,024 of a type, of the C library some MiB. */
const WARM_UP_SHARE = 0.2;
const layer = buildFaultLayer();
const outcomes = [
  await repeated('openDevice', 'vkCreateDevice@1/1=-3', () => async () => {
    try {
      openDevice({ match: 'llvmpipe' })[Symbol.dispose]();
      return 'opened';
    } catch (error) {
      return error.message;
    }
  }),
  await repeated('listDevices', '', () => async () => `${listDevices().length} devices`),
  await repeated('runCase', 'vkAllocateMemory@1/1=-2', openCase),
];
layer[Symbol.dispose]();
console.log(JSON.stringify(outcomes));

process.exit(0);

async function repeated(name, plan, open) {
  const strike = layer.strike(plan);
  Object.assign(process.env, strike.environment);
  const attempt = await open();
  const said = new Set();
  let warm = null;
  for (let time = 0; time < times; time++) {
    if (time === Math.floor(times * WARM_UP_SHARE)) warm = await held();
    said.add(await attempt());
    // What native code holds is freed when the event loop turns.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const end = await held();
  attempt.close?.();
  for (const variable of Object.keys(strike.environment)) delete process.env[variable];
  const { faults, objects, allocatedBytes, freedBytes } = strike.counts();
  const left = Object.entries(objects).filter(([, { made, gone }]) => made !== gone);
  const change = (field) => end[field] - warm[field];
  return {
    name,
    times,
    faults,
    said: [...said],
    left: Object.fromEntries(left),
    leftBytes: allocatedBytes - freedBytes,
    fds: change('fds'),
    threads: change('threads'),
    bytesEach: Math.round(change('anonymousBytes') / (times * (1 - WARM_UP_SHARE))),
    heapBytesEach: Math.round(change('heapBytes') / (times * (1 - WARM_UP_SHARE))),
  };
}

async function held() {
  for (let i = 0; i < 3; i++) {
    globalThis.gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { ...processState(process.pid), heapBytes: process.memoryUsage().heapUsed };
}

async function openCase() {
  const [one] = planCases(await loadBenchmarks(), { suite: 'quick', selectors: ['copy[n=4Ki]'], axes: {} });
  const opened = openSession(softwareDevice('auto'), () => undefined, null);
  const session = plainSession(opened);
  const attempt = async () => (await runCase(session, one)).failure?.message ?? 'no failure';
  return Object.assign(attempt, { close: () => opened[Symbol.dispose]() });
}
