import { expect, it } from 'vitest';
import { shareShapes } from '../../src/report/share-shapes.ts';
import { jsonSchemaProblems } from './json-schema-check.ts';

const reason = {
  type: 'object',
  properties: { available: { type: 'boolean', const: false }, reason: { type: 'string' } },
  required: ['available', 'reason'],
};
const obtained = {
  type: 'object',
  properties: { available: { type: 'boolean', const: true }, value: { type: 'number' } },
};
const maybe = { oneOf: [obtained, reason] };
const other = { oneOf: [{ ...obtained, required: ['value'] }, reason] };

it('shareShapes() moves what occurs several times, and leaves description and default at the place', () => {
  const schema = {
    type: 'object',
    properties: {
      first: { description: 'The first.', ...maybe },
      second: { description: 'The second.', default: { available: false, reason: 'old' }, ...maybe },
      third: other,
      short: { type: 'string' },
      alsoShort: { type: 'string' },
    },
  };
  const shared = shareShapes(schema);
  expect(shared).toEqual({
    type: 'object',
    properties: {
      first: { description: 'The first.', $ref: '#/$defs/availableNumber' },
      second: {
        description: 'The second.',
        default: { available: false, reason: 'old' },
        $ref: '#/$defs/availableNumber',
      },
      third: { oneOf: [{ ...obtained, required: ['value'] }, { $ref: '#/$defs/unavailable' }] },
      short: { type: 'string' },
      alsoShort: { type: 'string' },
    },
    $defs: {
      availableNumber: { oneOf: [obtained, { $ref: '#/$defs/unavailable' }] },
      unavailable: reason,
    },
  });
  for (const first of [
    { available: true, value: 1 },
    { available: true, value: '1' },
    { available: false },
    7,
  ])
    expect(jsonSchemaProblems(shared, { first }).length > 0).toBe(
      jsonSchemaProblems(schema, { first }).length > 0,
    );
});

it('shareShapes() names shapes after the property where they stand first, each name once', () => {
  const long = (word: string): object => ({
    type: 'string',
    enum: Array.from({ length: 20 }, (_, i) => `${word}${i}`),
  });
  const point = (word: string): object => ({ type: 'object', properties: { unit: long(word) } });
  const { $defs } = shareShapes({
    type: 'object',
    properties: { a: point('x'), b: { type: 'array', items: [point('x')] }, c: point('y'), d: point('y') },
  });
  expect(Object.keys($defs as object)).toEqual(['a', 'c']);
  const units = shareShapes({
    type: 'object',
    properties: Object.fromEntries(
      ['x', 'y'].flatMap((word) =>
        [1, 2].map((i) => [
          `${word}${i}`,
          { type: 'object', properties: { unit: long(word), [`k${i}`]: { type: 'null' } } },
        ]),
      ),
    ),
  });
  expect(Object.keys(units.$defs as object)).toEqual(['unit', 'unit2']);
});

it('shareShapes() leaves a schema without repetitions as it is', () => {
  const schema = { type: 'object', properties: { a: maybe } };
  expect(shareShapes(schema)).toEqual(schema);
});
