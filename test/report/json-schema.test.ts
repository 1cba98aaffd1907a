import { expect, it } from 'vitest';
import { z } from 'zod';
import { toJsonSchema } from '../../src/report/json-schema.ts';
import { jsonSchemaProblems } from './json-schema-check.ts';

const ABOUT = {
  id: 'sample',
  version: '2.7',
  title: 'guestmark-sample',
  description: 'A sample.',
  type: { file: 'a', name: 'Sample' },
};

it('toJsonSchema() heads a schema with what it is, and takes its own version only', () => {
  const validator = z.strictObject({
    schema: z.literal('guestmark-sample'),
    schemaVersion: z.string().regex(/^\d+\.\d+$/),
    later: z.number().default(0),
  });
  const schema = toJsonSchema(validator, ABOUT, () => undefined);
  expect(schema).toEqual({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:guestmark:sample:2.7',
    title: 'guestmark-sample',
    description: 'A sample.',
    type: 'object',
    required: ['schema', 'schemaVersion', 'later'],
    additionalProperties: false,
    properties: {
      schema: { type: 'string', const: 'guestmark-sample' },
      schemaVersion: { type: 'string', const: '2.7' },
      later: { type: 'number', default: 0 },
    },
  });
  const document = { schema: 'guestmark-sample', schemaVersion: '2.7', later: 1 };
  expect(jsonSchemaProblems(schema, document)).toEqual([]);
  expect(jsonSchemaProblems(schema, { ...document, schemaVersion: '2.6' })).toHaveLength(1);
});
