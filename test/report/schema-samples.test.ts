import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { samplesSchema } from '../../src/report/schema-samples.ts';
import { sampleColumns } from './sample-report.ts';

const SAMPLES = sampleColumns([1e6, 2e6, 3e6]);

/** `path: message` of everything that is wrong. */
function problems(value: unknown): readonly string[] {
  const issues = samplesSchema.safeParse(value).error?.issues ?? [];
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const without = (name: string): object =>
  Object.fromEntries(Object.entries(SAMPLES).filter(([column]) => column !== name));

describe('samplesSchema', () => {
  it('accepts all columns, null in those that are sparse', () => {
    expect(problems(SAMPLES)).toEqual([]);
    expect(problems({ ...SAMPLES, gpuNs: [null, 1, null] })).toEqual([]);
  });

  it.each([
    ['no object', [], ': Invalid input: expected object, received array'],
    ['null', null, ': Invalid input: expected object, received null'],
    ['a missing column', without('gpuNs'), 'gpuNs: Invalid input: expected array, received undefined'],
    [
      'a column that is none',
      { ...SAMPLES, gpuNs: 'x' },
      'gpuNs: Invalid input: expected array, received string',
    ],
    ['a column too many', { ...SAMPLES, fanNs: [] }, ': Unrecognized key: "fanNs"'],
    [
      'a text',
      { ...SAMPLES, gpuNs: [1, 2, '3'] },
      'gpuNs.2: Invalid input: expected number, received string',
    ],
    [
      'infinity',
      { ...SAMPLES, gpuNs: [1, Infinity, 3] },
      'gpuNs.1: Invalid input: expected number, received number',
    ],
    [
      'null where every sample has a value',
      { ...SAMPLES, wallNs: [1, null, 3] },
      'wallNs.1: Invalid input: expected number, received null',
    ],
    ['a short column', { ...SAMPLES, gpuNs: [1] }, 'gpuNs: 1 values where wallNs has 3'],
  ])('refuses %s and says where', (_, value, problem) => {
    expect(problems(value)).toEqual([problem]);
  });

  it('is described for other languages as a closed object with every column', () => {
    const described = z.toJSONSchema(samplesSchema);
    expect(described).toMatchObject({ type: 'object', additionalProperties: false });
    const properties = described.properties ?? {};
    expect(Object.keys(properties)).toEqual(described.required);
    expect(Object.keys(properties).sort()).toEqual(Object.keys(SAMPLES).sort());
    expect(properties.wallNs).toEqual({ type: 'array', items: { type: 'number' } });
    expect(properties.gpuNs).toEqual({ type: 'array', items: { type: ['number', 'null'] } });
  });
});
