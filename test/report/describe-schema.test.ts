import { expect, it } from 'vitest';
import { describeSchema, type FindType } from '../../src/report/describe-schema.ts';
import { readTypeComments } from '../../src/report/type-comments.ts';

const FILES: Readonly<Record<string, string>> = {
  a: `export interface Root extends Base {
  /** Some. */
  readonly parts: readonly Part[];
  /** Maybe. */
  readonly maybe: Available<Part>;
  /** Another type of that name. */
  readonly available: Other;
  readonly quiet: string;
}

interface Base {
  /** From the base. */
  readonly base: string;
}

interface Part {
  /** The size. */
  readonly size: number;
}
`,
};

const find: FindType = ({ file, name }) => {
  const type = readTypeComments(FILES[file] ?? '').types.get(name);
  return type === undefined ? undefined : { file, type };
};

const part = { type: 'object', properties: { size: { type: 'number' } } };

it('describeSchema() describes properties through lists, alternatives and values that may be missing', () => {
  const maybe = {
    oneOf: [{ type: 'object', properties: { available: { const: true }, value: part } }, { type: 'null' }],
  };
  const schema = {
    type: 'object',
    properties: {
      parts: { type: 'array', items: part },
      maybe,
      base: { type: 'string' },
      quiet: { type: 'string' },
      unknown: { type: 'string' },
    },
  };
  const size = { description: 'The size.', type: 'number' };
  const described = { type: 'object', properties: { size } };
  expect(describeSchema(schema, { file: 'a', name: 'Root' }, find)).toEqual({
    type: 'object',
    properties: {
      parts: { description: 'Some.', type: 'array', items: described },
      maybe: {
        description: 'Maybe.',
        oneOf: [
          { type: 'object', properties: { available: { const: true }, value: described } },
          { type: 'null' },
        ],
      },
      base: { description: 'From the base.', type: 'string' },
      quiet: { type: 'string' },
      unknown: { type: 'string' },
    },
  });
});

it('describeSchema() leaves a schema of an unknown type as it is', () => {
  const schema = { type: 'object', properties: { size: { type: 'number' } } };
  expect(describeSchema(schema, { file: 'a', name: 'None' }, find)).toEqual(schema);
});
