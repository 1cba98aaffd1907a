import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { benchTable } from '../../src/commands/bench-table.ts';

describe('bench/README.md', () => {
  it('is what npm run benchmarks writes of the definitions that there are', async () => {
    expect(readFileSync(new URL('../../bench/README.md', import.meta.url), 'utf8')).toBe(await benchTable());
  });
});
