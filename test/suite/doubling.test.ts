// Whether twice the work takes twice the time, on a simulated device that keeps to it, cheats, or loses its clock.
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import { isDouble } from '../../src/stats/is-double.ts';
import { DEVICE_NS, run, world } from './simulated-world.ts';

describe('testDoubling()', () => {
  it('finds that twice the iterations take twice as long', async () => {
    const { doubling } = await run(world().session);
    expect(doubling).toEqual({ available: true, value: { axis: null, ratio: 2, pairs: 0 } });
  });

  it('finds a device that leaves out what is more than it likes', async () => {
    const most = 4;
    const deviceTicks = ({ iterations }: { iterations: number }): bigint =>
      BigInt(Math.min(iterations, most) * DEVICE_NS);
    const { status, doubling } = await run(world({ deviceTicks }).session);
    expect(status).toBe('ok');
    expect(doubling).toMatchObject({ value: { ratio: 1 } });
  });

  it('is not talked into a double by noise', async () => {
    // Twice the iterations take no longer, and every time is off by up to a third.
    let accepted = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const random = seededRandom(seed);
      const deviceTicks = (): bigint => BigInt(Math.round((0.67 + 0.66 * random()) * 0.7 * DEVICE_NS));
      const { doubling } = await run(world({ deviceTicks }).session);
      if (doubling.available && isDouble(doubling.value.ratio)) accepted++;
    }
    expect(accepted).toBeLessThanOrEqual(3);
  });

  it('compares again where the machine was busy for a moment', async () => {
    let slow = 0;
    let isSampled = false;
    const deviceTicks = ({ iterations }: { iterations: number }): bigint => {
      const factor = isSampled && iterations > 4 && slow++ < 5 ? 3 : 1;
      return BigInt(factor * iterations * DEVICE_NS);
    };
    const breathe = async ({ phase }: { phase: string }): Promise<void> => {
      isSampled ||= phase === 'sampling';
    };
    const { doubling } = await run(world({ deviceTicks }, { breathe }).session);
    expect(doubling).toMatchObject({ value: { ratio: 2 } });
    expect(slow).toBeGreaterThan(5);
  });

  it('doubles the axis that a benchmark names, and says which', async () => {
    const points: number[] = [];
    const work = ({ n }: { n: number }) => {
      points.push(n);
      return [{ op: 'dispatch', shader: 'increment', groups: [1, 1, 1] }] as const;
    };
    const { doubling } = await run(world().session, { doubles: 'n', work: work as never });
    expect(points).toEqual([4, 8]);
    // The simulated device takes the same time for both.
    expect(doubling).toMatchObject({ value: { axis: 'n', ratio: 1 } });
  });

  it('says why there is none', async () => {
    expect((await run(world().session, { kind: 'latency' })).doubling).toMatchObject({
      reason: 'one iteration is the point of a latency',
    });
    expect((await run(world().session, { cold: () => true })).doubling).toMatchObject({
      reason: 'only the first of two iterations would find the caches empty',
    });
    const requires = ({ n = 0 }: { n?: number }): string | null => (n > 4 ? 'n is above 4' : null);
    expect((await run(world().session, { doubles: 'n', requires })).doubling).toMatchObject({
      reason: 'the doubled case makes no sense: n is above 4',
    });
  });

  it('says so where the timestamps fail when it comes to it, and asks the round trip where they always did', async () => {
    let isSampled = false;
    const deviceTicks = ({ iterations }: { iterations: number }): bigint =>
      isSampled ? 0n : BigInt(iterations * DEVICE_NS);
    const breathe = async ({ phase }: { phase: string }): Promise<void> => {
      isSampled ||= phase === 'verifying';
    };
    expect((await run(world({ deviceTicks }, { breathe }).session)).doubling).toMatchObject({
      reason: 'the device gave no times to compare',
    });
    const { doubling, iterations } = await run(world({ deviceTicks: () => 0n }).session);
    expect(iterations).toBe(4);
    expect(doubling).toMatchObject({ value: { ratio: expect.closeTo(2, 1) } });
  });
});
