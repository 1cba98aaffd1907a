// Many dispatches in one process, under forced garbage collection: nothing may grow.
import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

// The figures of 100,000 under every binding are in docs/measurements.
it.each([
  ['auto', 50_000],
  ['koffi', 50_000],
  ['nvk', 50_000],
] as const)(
  'openDevice() under %s keeps resident memory flat over %i dispatches',
  (binding, dispatches) => {
    const command = ['--expose-gc', 'docs/measurements/soak.mjs', binding, String(dispatches)];
    const output = execFileSync(process.execPath, command, { encoding: 'utf8' });
    const { counted, forcedGc, growthBytes } = JSON.parse(output) as Record<string, number>;
    expect({ counted, forcedGc }).toEqual({ counted: dispatches, forcedGc: true });
    // Measured: 0.1 MiB over 100,000, and up to 3 MiB of code and pools in the first 20,000. A leak of 200 bytes
    // a dispatch would be more than 8 MiB.
    expect(growthBytes).toBeLessThan(8 * 2 ** 20);
  },
  180_000,
);
