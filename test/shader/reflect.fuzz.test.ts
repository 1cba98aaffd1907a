// Reflection trusts no byte: whatever it is given, it gives plain frozen data or says what is wrong with the module.
// GUESTMARK_FUZZ_INPUTS is the number of inputs; a failure prints the seed and the input.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { GuestmarkError } from '../../src/base/errors.ts';
import type { KernelInterface } from '../../src/shader/kernel-interface.ts';
import { reflectKernel } from '../../src/shader/reflect.ts';
import { assertPlaces, assertPlain } from './assert-plain.ts';
import { hostileModules } from './hostile-modules.ts';
import { moduleSeeds } from './module-seeds.ts';

const INPUTS = Number(process.env.GUESTMARK_FUZZ_INPUTS ?? 6000);
/** More than ten times what the slowest of 300,000 took on a loaded machine. */
const MOST_MS = 2000;
/** A third is accepted where everything compiles; far fewer, and the inputs are no good. */
const LEAST_ACCEPTED = 0.1;

it(
  'reflectKernel() gives a plain frozen interface or an error that says why, whatever the bytes',
  async () => {
    const seeds = await moduleSeeds();
    const found = { inputs: 0, accepted: 0, slowestMs: 0 };
    const started = performance.now();
    fc.assert(
      fc.property(hostileModules(seeds), (bytes) => {
        const before = performance.now();
        const kernel = reflected(bytes);
        const ms = performance.now() - before;
        if (kernel !== undefined) {
          assertPlain(kernel);
          assertPlaces(kernel);
        }
        if (ms > MOST_MS) throw new Error(`it took ${ms} ms`);
        found.inputs++;
        found.accepted += kernel === undefined ? 0 : 1;
        found.slowestMs = Math.max(found.slowestMs, ms);
      }),
      { numRuns: INPUTS, seed: Number(process.env.GUESTMARK_FUZZ_SEED ?? 4) },
    );
    if (process.env.GUESTMARK_FUZZ_INPUTS !== undefined)
      console.info(found, `${seeds.length} seeds, ${Math.round(performance.now() - started)} ms`);
    expect(found.accepted / found.inputs).toBeGreaterThan(LEAST_ACCEPTED);
  },
  60_000 + INPUTS * 10,
);

function reflected(bytes: Uint8Array): KernelInterface | undefined {
  try {
    return reflectKernel(bytes);
  } catch (error) {
    if (!(error instanceof GuestmarkError)) throw error;
    if (!/^Cannot reflect shader: \P{Cc}{1,8000}$/u.test(error.message)) throw error;
    return undefined;
  }
}
