// 100,000 dispatches in one process, under forced garbage collection: nothing may grow.
import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('openDevice() keeps resident memory flat over 100,000 dispatches', () => {
  const output = execFileSync(
    process.execPath,
    ['--expose-gc', 'docs/measurements/soak.mjs', 'auto', '100000'],
    {
      encoding: 'utf8',
    },
  );
  const { counted, forcedGc, growthBytes } = JSON.parse(output) as Record<string, number>;
  expect({ counted, forcedGc }).toEqual({ counted: 100_000, forcedGc: true });
  // Measured: 0.1 MiB. A leak of 100 bytes a dispatch would be 9 MiB.
  expect(growthBytes).toBeLessThan(8 * 2 ** 20);
}, 180_000);
