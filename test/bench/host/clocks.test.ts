// The benchmarks of clocks notice a driver that lies: the real device, with a call of its driver bent.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, describe, expect, it } from 'vitest';
import { openBracketedClock, openCalibratedClock, pointOf } from '../../../bench/parts/device-clock.ts';
import { Scope } from '../../../src/base/scope.ts';
import type { HostContext, Operation } from '../../../src/suite/operation.ts';
import { fitGpuTimeline } from '../../../src/timing/index.ts';
import { openDevice, openSimulatedDevice } from '../../../src/vulkan/index.ts';
import { hostContextOn } from '../host-context-on.ts';
import { casesOf } from '../on-device.ts';

const scope = new Scope();
const opened = scope.use(openDevice({ match: 'llvmpipe' }));
afterAll(() => scope[Symbol.dispose]());

const NAMES = [
  'calibration',
  'gpu-clock-drift',
  'one-way',
  'timer-cost',
  'cpuid-exit',
  'spin-gaps',
  'sleep-overshoot',
  'memcpy',
];

function contextOf(name: string, device = opened.device): HostContext {
  const [one] = casesOf(name);
  if (one === undefined) throw new Error(`no case of ${name}`);
  return hostContextOn({ device, opening: opened.opening }, one, scope);
}

/** The operation of a benchmark on a driver whose readings of both clocks are changed afterwards. */
async function operationWith(name: string, bend: (stamps: BigUint64Array) => void): Promise<Operation> {
  const host = contextOf(name);
  const vulkan = host.vulkan();
  const bent = {
    ...vulkan,
    commands: {
      ...vulkan.commands,
      vkGetCalibratedTimestampsEXT: (
        ...call: Parameters<typeof vulkan.commands.vkGetCalibratedTimestampsEXT>
      ) => {
        const code = vulkan.commands.vkGetCalibratedTimestampsEXT(...call);
        bend(new BigUint64Array(call[3] as ArrayBuffer));
        return code;
      },
    },
  };
  const [one] = casesOf(name);
  const operation = await one?.benchmark.operation?.(one.axes, { ...host, vulkan: () => bent });
  if (operation === undefined) throw new Error(`${name} has no operation`);
  return operation;
}

/** Runs it so many times and tells whether it was right. */
function isRight(operation: Operation, times: number): boolean {
  for (let time = 0; time < times; time++) {
    operation.run();
    operation.wait?.();
    operation.reset?.();
  }
  return operation.verify(times).ok;
}

describe('the benchmarks of clocks', () => {
  it.each(['calibration', 'gpu-clock-drift'])(
    '%s notices a device whose clock runs backwards once',
    async (name) => {
      let calls = 0;
      const backOnce = (stamps: BigUint64Array): void => {
        calls++;
        if (calls === 5) stamps[0] = (stamps[0] as bigint) - 1_000_000n;
      };
      expect(isRight(await operationWith(name, () => undefined), 8)).toBe(true);
      expect(isRight(await operationWith(name, backOnce), 8)).toBe(false);
    },
  );

  it('calibration notices a clock of this machine that is read at another time', async () => {
    const late = (stamps: BigUint64Array): void => {
      stamps[1] = (stamps[1] as bigint) + 2_000_000_000n;
    };
    expect(isRight(await operationWith('calibration', late), 3)).toBe(false);
  });

  it.each([-1_000_000n, 1_000_000n])('one-way notices clocks that are %d ns off', async (offNs) => {
    const off = (stamps: BigUint64Array): void => {
      stamps[0] = (stamps[0] as bigint) + offNs;
    };
    expect(isRight(await operationWith('one-way', () => undefined), 8)).toBe(true);
    expect(isRight(await operationWith('one-way', off), 8)).toBe(false);
  });

  it.each(NAMES)(
    '%s holds the memory that native code uses, through a collection of garbage',
    async (name) => {
      const operation = await operationWith(name, () => undefined);
      setFlagsFromString('--expose-gc');
      const collect = runInNewContext('gc') as () => void;
      collect();
      // What was freed is used again, and is no longer zero.
      const others = Array.from({ length: 5000 }, (_, index) => new Uint8Array(8 + (index % 64)).fill(1));
      expect(isRight(operation, 3)).toBe(true);
      expect(others.every(([first]) => first === 1)).toBe(true);
    },
  );

  it.each(NAMES)('%s skips a simulated device with a reason', async (name) => {
    const [one] = casesOf(name);
    const host = contextOf(name, openSimulatedDevice());
    const outcome = await (async () => one?.benchmark.operation?.(one.axes, host))().catch(
      (error: unknown) => error,
    );
    expect(outcome).toMatchObject({ code: 'unsupported' });
    expect(String(outcome)).toContain(`Cannot run ${one?.id}`);
  });
});

it('openBracketedClock() reads what the driver reads, to half of its bracket', () => {
  const calibrated = openCalibratedClock('a clock', contextOf('calibration'));
  const bracketed = openBracketedClock('a clock', contextOf('calibration'));
  const offsetNs = bracketed.nowNs() - calibrated.nowNs();
  // Whole seconds, where both are the same clock.
  if (calibrated.clock !== bracketed.clock) return;
  const epochsNs = Math.round(offsetNs / 1e9) * 1e9;
  calibrated.read();
  const before = pointOf(calibrated);
  for (let i = 0; i < 20; i++) bracketed.read();
  const read = pointOf(bracketed);
  expect(bracketed.step()).toBeGreaterThan(0);
  calibrated.read();
  const timeline = fitGpuTimeline(before, pointOf(calibrated), calibrated.counter);
  if (!timeline.available) throw new Error(timeline.reason);
  const { cpuNs, uncertaintyNs } = timeline.value.place(read.deviceTicks, before.cpuNs);
  expect(Math.abs(cpuNs + epochsNs - read.cpuNs)).toBeLessThanOrEqual(read.maxDeviationNs + uncertaintyNs);
});
