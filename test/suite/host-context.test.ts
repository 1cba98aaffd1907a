import { describe, expect, it } from 'vitest';
import { Scope } from '../../src/base/scope.ts';
import { makeCase } from '../../src/suite/case-id.ts';
import { hostContext } from '../../src/suite/host-context.ts';
import type { HostContext } from '../../src/suite/operation.ts';
import { benchmark } from './benchmarks.ts';
import { world } from './simulated-world.ts';

function context(n: number, run = 1): HostContext {
  const { session } = world();
  const options = { ...session.options, run };
  return hostContext({ ...session, options }, makeCase(benchmark(), { n }), new Scope(), 5e9);
}

describe('hostContext()', () => {
  it('draws the same numbers in every run, and others for another case', () => {
    const drawn = (host: HostContext): number[] => Array.from({ length: 4 }, () => host.random());
    expect(drawn(context(4, 1))).toEqual(drawn(context(4, 2)));
    expect(drawn(context(4))).not.toEqual(drawn(context(8)));
  });

  it('passes on the clock, the run and the deadline', () => {
    const { stamp, run, deadlineNs } = context(4, 3);
    expect([stamp.nowNs(), run, deadlineNs]).toEqual([0, 3, 5e9]);
  });

  it('refuses raw Vulkan by the name of the case, where there is none', () => {
    let thrown: unknown;
    try {
      context(4).vulkan();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({
      code: 'unsupported',
      message: expect.stringMatching(/^Cannot run count\[n=4\]: .*simulated/),
    });
  });

  it('opens the C library of this process', () => {
    expect(context(4).libc()).toBe(context(4).libc());
  });
});
