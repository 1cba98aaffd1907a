import { describe, expect, it } from 'vitest';
import { type FollowLimits, followFleet, type Look } from '../../src/fleet/follow-fleet.ts';

const LIMITS: FollowLimits = {
  pollMs: 15_000,
  waitMs: Number.POSITIVE_INFINITY,
  stuckMs: 60_000,
  silenceMs: 600_000,
};

/** Time that only passes by sleeping. */
async function follow(
  look: (nowMs: number) => Look | null,
  limits: Partial<FollowLimits> = {},
  signal: AbortSignal = new AbortController().signal,
) {
  const lookedMs: number[] = [];
  let nowMs = 0;
  const clock = {
    nowMs: () => nowMs,
    sleep: async (ms: number) => {
      nowMs += ms;
    },
  };
  const seen = async (): Promise<Look | null> => {
    lookedMs.push(nowMs);
    return look(nowMs);
  };
  const end = await followFleet(seen, { ...LIMITS, ...limits }, signal, clock);
  return { end, nowMs, lookedMs };
}

const at = (ms: number, before: Look) => (nowMs: number) => (nowMs < ms ? before : { open: 0, stuck: 0 });

describe('followFleet()', () => {
  it('ends when nothing is open, and looks ever less often', async () => {
    const { end, lookedMs } = await follow(at(300_000, { open: 2, stuck: 1 }));
    expect(end).toBe('ended');
    expect(lookedMs.slice(0, 4)).toEqual([0, 500, 1250, 2375]);
    const gaps = lookedMs.slice(1).map((ms, index) => ms - (lookedMs[index] ?? 0));
    expect(Math.max(...gaps)).toBe(15_000);
  });

  it('does not wait for ever for what cannot start, once nothing else is open', async () => {
    const others = (nowMs: number): Look => ({ open: nowMs < 100_000 ? 2 : 1, stuck: 1 });
    const { end, nowMs } = await follow(others);
    expect(end).toBe('stuck');
    expect(nowMs).toBeGreaterThan(150_000);
    expect(nowMs).toBeLessThan(200_000);
  });

  it('survives an engine that does not answer for a while, and gives up one that never does', async () => {
    const busy = (nowMs: number): Look | null =>
      nowMs < 500_000 ? null : { open: nowMs < 700_000 ? 1 : 0, stuck: 0 };
    expect((await follow(busy)).end).toBe('ended');
    expect(await follow(() => null)).toMatchObject({ end: 'silent' });
  });

  it('waits no longer than it is told to, to the millisecond', async () => {
    expect(await follow(() => ({ open: 1, stuck: 0 }), { waitMs: 12_345 })).toMatchObject({
      end: 'limit',
      nowMs: 12_345,
    });
  });

  it('ends at once when it is stopped', async () => {
    const stopping = new AbortController();
    const look = (): Look => {
      stopping.abort();
      return { open: 1, stuck: 0 };
    };
    expect((await follow(look, {}, stopping.signal)).end).toBe('interrupted');
  });
});
