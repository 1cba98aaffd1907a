// Every built-in benchmark on a real device, under both bindings and the validation layer: its outputs are right, or the
// device lacks a feature that is named.
import { afterAll, describe, expect, it } from 'vitest';
import { type DebugMessage, isFault } from '../../src/vulkan/debug-callback.ts';
import { openDevice } from '../../src/vulkan/open-device.ts';
import { BENCHMARKS, smallCases, verifyOn } from './on-device.ts';
import { verifyOperationOn } from './operation-on-device.ts';

const hasLayer = !(process.env.GUESTMARK_MISSING_TEST_TOOLS ?? '').includes('validation-layer');

describe.each(['koffi', 'nvk'] as const)('under %s', (binding) => {
  const messages: DebugMessage[] = [];
  const opened = openDevice({
    binding,
    match: 'llvmpipe',
    validate: hasLayer,
    onMessage: (message) => {
      if (isFault(message)) messages.push(message);
    },
  });
  afterAll(() => opened[Symbol.dispose]());

  it.each(BENCHMARKS.map((benchmark) => [benchmark.name, benchmark] as const))(
    '%s is right',
    async (_, benchmark) => {
      const cases = smallCases(benchmark, binding === 'koffi' ? 'smallest and quick' : 'smallest');
      expect(cases.length).toBeGreaterThan(0);
      for (const one of cases) {
        const outcome =
          benchmark.operation === undefined
            ? verifyOn(opened.device, one)
            : await verifyOperationOn(opened, one);
        const said = outcome.status === 'wrong' ? outcome.reason : outcome.status;
        // What a device, or this guest, has no path for is skipped with its reason.
        const maySkip = benchmark.needs !== undefined || benchmark.operation !== undefined;
        expect(said, one.id).toBe(maySkip && outcome.status === 'skipped' ? 'skipped' : 'ok');
      }
      expect(messages).toEqual([]);
    },
  );
});
