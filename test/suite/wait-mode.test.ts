import { describe, expect, it } from 'vitest';
import { resolveWaitMode } from '../../src/suite/wait-mode.ts';

describe('resolveWaitMode()', () => {
  it('obeys the user', () => {
    expect(resolveWaitMode('spin', { software: true }, 'throughput')).toBe('spin');
    expect(resolveWaitMode('block', { software: false }, 'latency')).toBe('block');
  });

  it('leaves the CPUs to a software device', () => {
    expect(resolveWaitMode('auto', { software: true }, 'latency')).toBe('block');
  });

  it('spins on hardware where latency is the point', () => {
    expect(resolveWaitMode('auto', { software: false }, 'latency')).toBe('spin');
    expect(resolveWaitMode('auto', { software: false }, 'throughput')).toBe('block');
  });
});
