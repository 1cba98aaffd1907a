import { describe, expect, it } from 'vitest';
import { comparisonSchema } from '../../src/compare/comparison-schema.ts';
import { HOSTILE, hostileComparison } from './hostile-comparison.ts';
import { comparison } from './sample-comparison.ts';

type Json = Record<string, unknown>;

/** The sample as JSON, with the value at a path replaced. */
function changed(path: readonly (string | number)[], value: unknown): unknown {
  const root = JSON.parse(JSON.stringify(comparison())) as Json;
  const owner = path.slice(0, -1).reduce<Json>((one, key) => one[key] as Json, root);
  owner[path.at(-1) as string] = value;
  return root;
}

describe('comparisonSchema', () => {
  it('gives back what was written', () => {
    const written = JSON.parse(JSON.stringify(comparison()));
    expect(comparisonSchema.parse(written)).toEqual(comparison());
  });

  it.each(HOSTILE.filter(([name]) => name !== 'nothing'))(
    'takes any text where text is free: %s',
    (_, hostile) => {
      const written = JSON.parse(JSON.stringify(hostileComparison(hostile)));
      const { error } = comparisonSchema.safeParse(written);
      expect(error).toBeUndefined();
    },
  );

  it.each([
    [['schema'], 'guestmark-report', 'schema'],
    [['schemaVersion'], '1', 'schemaVersion'],
    [['more'], 1, ''],
    [['cases', 0, 'verdict'], 'better', 'cases.0.verdict'],
    [['cases', 0, 'judgedBy'], 'wallTimeP99', 'cases.0.judgedBy'],
    [['cases', 0, 'reason'], '', 'cases.0.reason'],
    [['cases', 0, 'metrics', 0, 'ratio', 'value'], null, 'cases.0.metrics.0.ratio.value'],
    [['cases', 0, 'metrics', 0, 'ratio', 'low'], 2, 'cases.0.metrics.0.ratio'],
    [['cases', 0, 'p'], { available: false, reason: '' }, 'cases.0.p.reason'],
    [['cases', 2, 'explanation', 'value', 'mainCause'], 'magic', 'cases.2.explanation.value.mainCause'],
    [['counts', 'slower'], 7, 'counts'],
    [['counts', 'worse'], 0, 'counts'],
    [['options', 'noiseFloor'], -1, 'options.noiseFloor'],
    [['baseline', 'reports', 0, 'device'], 'NVIDIA', 'baseline.reports.0.device'],
    [['collection', 'kind'], 'later', 'collection.kind'],
    [['fidelity', 'different'], null, 'fidelity.different'],
  ])('refuses %j as %j', (path, value, place) => {
    const { error } = comparisonSchema.safeParse(changed(path, value));
    expect(error?.issues.map((issue) => issue.path.join('.'))).toContain(place);
  });
});
