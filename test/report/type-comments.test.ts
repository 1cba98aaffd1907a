import { expect, it } from 'vitest';
import { readTypeComments } from '../../src/report/type-comments.ts';

const TEXT = `// A file.
import { type Available, available } from '../base/availability.ts';
import type { z } from 'zod';
import type {
  Device,
  Other as Renamed,
} from './device.ts';

/** What was
 * measured, see {@link saveReport}. */
export interface Result extends Pick<Base, 'id' | 'Name'>, Named {
  /** The id: \`a\`. */
  readonly id: string;
  readonly plain: number;
  /**
   * Of several lines,
   * indented.
   */
  readonly device?: Available<Device>;
  /** Written out. */
  readonly inside: Available<{
    /** Deep. */
    readonly deepNs: number;
    readonly list: readonly {
      /** Deeper. */
      readonly deeper: 'Text' | null;
    }[];
  }>;
  /** Behind it. */
  readonly last: readonly Result[];
  read(): string;
}

interface Named {
  readonly name: string;
}
`;

it('readTypeComments() finds interfaces with fields, the types in them, and where these are from', () => {
  const { types, imports } = readTypeComments(TEXT);
  expect([...types.keys()]).toEqual(['Result', 'Named']);
  expect(imports.get('Available')).toBe('../base/availability.ts');
  expect(imports.get('Device')).toBe('./device.ts');
  const result = types.get('Result');
  expect(result).toMatchObject({
    comment: 'What was measured, see saveReport.',
    bases: ['Pick', 'Base', 'Named'],
  });
  const fields = result?.fields;
  expect([...(fields?.keys() ?? [])]).toEqual(['id', 'plain', 'device', 'inside', 'last']);
  expect(fields?.get('id')?.comment).toBe('The id: `a`.');
  expect(fields?.get('plain')?.comment).toBeNull();
  expect(fields?.get('device')).toMatchObject({
    comment: 'Of several lines, indented.',
    types: ['Available', 'Device'],
  });
  expect(fields?.get('last')).toMatchObject({ comment: 'Behind it.', types: ['Result'] });
  const inside = fields?.get('inside')?.fields;
  expect(inside?.get('deepNs')?.comment).toBe('Deep.');
  expect(inside?.get('list')?.fields.get('deeper')).toMatchObject({ comment: 'Deeper.', types: [] });
});

it('readTypeComments() finds nothing in what is no TypeScript', () => {
  expect(readTypeComments('').types.size).toBe(0);
  expect(readTypeComments('{ "interface": 1 }').types.size).toBe(0);
});
