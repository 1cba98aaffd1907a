import { describe, expect, it } from 'vitest';
import { loadBenchmarks } from '../../src/suite/load.ts';
import { memorySelector, planScenes, WORK_CLASSES } from '../../src/tenants/scenario.ts';

const benchmarks = await loadBenchmarks();

function scenes(changes: Partial<Parameters<typeof planScenes>[1]> = {}) {
  return planScenes(benchmarks, {
    scenario: 'fairness',
    selectors: [],
    aggressor: null,
    tenants: 2,
    ...changes,
  });
}

const shape = ({ groups }: ReturnType<typeof scenes>): readonly string[] =>
  groups.map(
    ({ kind, members }) =>
      `${kind}: ${members.map(({ role, caseId }) => `${role} ${caseId.replace(/\[.*/, '')}`).join(', ')}`,
  );

describe('planScenes()', () => {
  it('measures a case alone once, however many tenants run it', () => {
    expect(shape(scenes({ tenants: 3 }))).toEqual([
      'alone: tenant copy',
      'together: tenant copy, tenant copy, tenant copy',
    ]);
  });

  it('gives tenants the cases in turn', () => {
    expect(shape(scenes({ tenants: 3, selectors: ['copy', 'fma-f32'] })).at(-1)).toBe(
      'together: tenant fma-f32, tenant copy, tenant fma-f32',
    );
  });

  it('makes the last tenant the aggressor, or the one that dies', () => {
    expect(shape(scenes({ scenario: 'aggressor', aggressor: 'triad', tenants: 3 }))).toEqual([
      'alone: tenant copy',
      'alone: tenant triad',
      'together: victim copy, victim copy, aggressor triad',
    ]);
    expect(shape(scenes({ scenario: 'kill' })).at(-1)).toBe('together: tenant copy, killed copy');
  });

  it('pairs every kind of work with every one', () => {
    const { groups, cases } = scenes({ scenario: 'matrix' });
    const count = WORK_CLASSES.length;
    expect(groups.filter(({ kind }) => kind === 'alone')).toHaveLength(count);
    expect(groups.filter(({ kind }) => kind === 'together')).toHaveLength((count * (count + 1)) / 2);
    expect(cases.size).toBe(count);
  });

  it('pairs the cases that are selected, if any are', () => {
    const { groups } = scenes({ scenario: 'matrix', selectors: ['copy', 'triad'] });
    expect(groups.filter(({ kind }) => kind === 'together')).toHaveLength(3);
    expect(() => scenes({ scenario: 'matrix', tenants: 3 })).toThrow('Cannot measure a matrix of 3 tenants');
  });

  it('lets an aggressor die, and one that takes all memory', () => {
    const killed = scenes({ scenario: 'kill', aggressor: 'triad' });
    expect(shape(killed).at(-1)).toBe('together: victim copy, killed triad');
    const memory = scenes({ scenario: 'memory', aggressor: memorySelector(2 ** 30) });
    expect(memory.cases.has('allocate-many[bytes=64Mi,total=1Gi]')).toBe(true);
  });

  it.each([
    [null, 'allocate-many[bytes=67108864,total=1099511627776]'],
    [2 ** 29, 'allocate-many[bytes=33554432,total=536870912]'],
    [3e8, 'allocate-many[bytes=16777216,total=300000000]'],
  ])('fits at least 16 blocks into a limit of %s', (limit, selector) => {
    expect(memorySelector(limit)).toBe(selector);
    expect(() => scenes({ scenario: 'memory', aggressor: selector })).not.toThrow();
  });

  it('refuses more cases than tenants, and an aggressor of several', () => {
    expect(() => scenes({ selectors: ['copy', 'fma-f32', 'triad'] })).toThrow(
      'Cannot give 3 cases to 2 tenants',
    );
    expect(() => scenes({ scenario: 'aggressor', aggressor: 'copy*' })).toThrow('to 1 tenants');
    expect(() => scenes({ selectors: ['no-such'] })).toThrow('no benchmark has such a name');
  });
});
