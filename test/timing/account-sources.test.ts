import { describe, expect, test } from 'vitest';
import { ACCOUNT_SOURCES } from '../../src/timing/account-sources.ts';

describe('ACCOUNT_SOURCES', () => {
  test.each(ACCOUNT_SOURCES.map(({ name }) => name))('%s gives finite numbers or says why not', (name) => {
    const opened = ACCOUNT_SOURCES.find((source) => source.name === name)?.open();
    if (opened?.available !== true) {
      expect(opened?.reason).toMatch(/\w{3}/);
      return;
    }
    opened.value.prepare?.();
    expect(Number.isFinite(opened.value.read())).toBe(true);
    opened.value.close?.();
  });

  test('fill the switch ring with the switches that they promise', () => {
    const opened = ACCOUNT_SOURCES.find(({ name }) => name === 'switch ring, a record')?.open();
    // In a sandbox that forbids performance events there is nothing to fill.
    if (opened?.available !== true) return;
    const promised = opened.value.prepare?.() ?? 0;
    expect(promised).toBeGreaterThan(0);
    const offNs = opened.value.read();
    opened.value.close?.();
    // As many switches out as in: what is summed is the time off the CPU, not the time since boot.
    expect(offNs).toBeGreaterThan(0);
    expect(offNs).toBeLessThan(60e9);
  });
});
