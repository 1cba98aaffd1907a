import { describe, expect, test } from 'vitest';
import { unavailable } from '../../src/base/availability.ts';
import { fact } from '../../src/timing/fact.ts';
import { type TierFacts, tierOf } from '../../src/timing/ledger-rules.ts';

const yes = fact(true, 'seen');
const no = fact(false, 'not seen');
const unknown = unavailable('nobody knows');

/** A KVM guest in which everything is measurable, with some facts changed. */
function tierWith(changed: Partial<TierFacts>) {
  return tierOf({
    schedstat: yes,
    gvisor: no,
    hypervisor: yes,
    paravirtTimeAccounting: yes,
    stealClock: yes,
    irqTimeAccounting: no,
    ...changed,
  });
}

describe('tierOf()', () => {
  test('is A with paravirtual time accounting and a steal clock', () => {
    expect(tierWith({})).toMatchObject({ tier: 'A', title: 'steal measured', gapIncludesIrq: false });
    expect(tierWith({}).stealBound).toContain('a lower bound');
  });

  test('is B without paravirtual time accounting, or where it is unknown, and says that C contains steal', () => {
    expect(tierWith({ paravirtTimeAccounting: no })).toMatchObject({
      tier: 'B',
      title: 'steal in ticks only, CPU time includes it',
    });
    expect(tierWith({ paravirtTimeAccounting: unknown })).toMatchObject({
      tier: 'B',
      title: 'steal in ticks only, CPU time may include it',
      reason: 'nobody knows; seen',
    });
  });

  test('is C without a steal clock, and says whether that is known or unknown', () => {
    expect(tierWith({ stealClock: no })).toMatchObject({ tier: 'C', reason: 'not seen' });
    expect(tierWith({ stealClock: unknown })).toMatchObject({
      tier: 'C',
      reason: 'no steal clock is known of: nobody knows',
    });
  });

  test('is D where the scheduler keeps no statistics, whatever else is known', () => {
    expect(tierWith({ schedstat: unavailable('schedstat: ENOENT') })).toMatchObject({
      tier: 'D',
      reason: 'schedstat: ENOENT',
    });
    expect(tierWith({ gvisor: yes, hypervisor: no })).toMatchObject({
      tier: 'D',
      reason: 'gVisor keeps no scheduler statistics (seen)',
    });
  });

  test('is E without a hypervisor, with or without paravirtual time accounting', () => {
    expect(tierWith({ hypervisor: no, stealClock: no }).tier).toBe('E');
    expect(tierWith({ hypervisor: no, stealClock: unknown, paravirtTimeAccounting: no }).tier).toBe('E');
  });

  test('believes counted steal more than a missing hypervisor bit', () => {
    expect(tierWith({ hypervisor: no }).tier).toBe('A');
  });

  test('does not take an unknown hypervisor for none', () => {
    expect(tierWith({ hypervisor: unknown, stealClock: unknown })).toMatchObject({
      tier: 'C',
      reason: expect.stringContaining('hypervisor unknown: nobody knows'),
    });
  });

  test('reckons with interrupt time unless it is known to be off', () => {
    expect(tierWith({ irqTimeAccounting: yes }).gapIncludesIrq).toBe(true);
    expect(tierWith({ irqTimeAccounting: unknown }).gapIncludesIrq).toBe(true);
  });
});
