import { describe, expect, it } from 'vitest';
import { rateCeiling } from '../../src/report/rate-ceiling.ts';
import { PLAIN } from './sample-report.ts';

const gpu = { software: false, cpuCount: 2 };
const cpus = (cpuCount: number): typeof gpu => ({ software: true, cpuCount });

describe('rateCeiling()', () => {
  it('lets through what the fastest known devices reach', () => {
    expect(rateCeiling('bandwidth', PLAIN, gpu)).toBeGreaterThan(82e12);
    expect(rateCeiling('arithmetic', PLAIN, gpu)).toBeGreaterThan(163e12);
    expect(rateCeiling('arithmetic', { ...PLAIN, category: 'matrix' }, gpu)).toBeGreaterThan(20e15);
    // An AMD EPYC 9965 computes 192 × 64 × 3.7 GHz.
    expect(rateCeiling('arithmetic', PLAIN, cpus(192))).toBeGreaterThan(45.4e12);
  });

  it('grows with the CPUs of a software device, and with narrower types', () => {
    const of = (flopType: 'f64' | 'f32' | 'f16', count: number): number | null =>
      rateCeiling('arithmetic', { ...PLAIN, flopType }, cpus(count));
    expect([of('f64', 1), of('f32', 1), of('f32', 2), of('f16', 1)]).toEqual([192e9, 384e9, 768e9, 768e9]);
    expect(rateCeiling('bandwidth', PLAIN, cpus(2))).toBe(2 * 192 * 6e9);
  });

  it('knows operations as items, and nothing of keys', () => {
    expect(rateCeiling('itemRate', { ...PLAIN, itemName: 'ops' }, cpus(1))).toBe(256 * 6e9);
    expect(rateCeiling('itemRate', { ...PLAIN, itemName: 'keys' }, gpu)).toBe(null);
    expect(rateCeiling('gpuTime', PLAIN, gpu)).toBe(null);
  });
});
