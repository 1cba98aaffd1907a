// A device that is wrong now and then: bits are flipped in its memory while it is measured. What is reported as ok was right in the
// end, and `--verify every` also finds what a later submission would overwrite. Larger counts: docs/measurements/reliability.
import { afterAll, describe, expect, it } from 'vitest';
import { countFound, flipBits } from './layer/count-flips.mjs';
import { buildFaultLayer, hasCompiler } from './layer/fault-layer.mjs';

const built = hasCompiler() ? buildFaultLayer() : null;
afterAll(() => built?.[Symbol.dispose]());

describe.skipIf(built === null)('a device whose memory loses bits', () => {
  it.each(['around', 'every'] as const)('has no case that is ok and wrong, with --verify %s', (verify) => {
    const flips = flipBits(built as NonNullable<typeof built>, { verify, cases: 3, offset: 1 });
    const { injected, inputBeforeTheLastSample, outputAtSample, okWithWrongOutput } = countFound(flips);
    expect(injected).toBeGreaterThan(2);
    expect(okWithWrongOutput).toBe(0);
    expect(inputBeforeTheLastSample.inFailedCases).toBe(inputBeforeTheLastSample.injected);
    if (verify === 'every') expect(outputAtSample.found).toBe(outputAtSample.injected);
    for (const { status, message } of flips)
      if (status === 'failed') expect(message).toMatch(/^Cannot trust this case: /);
  });
});
