// A validator of this program as JSON Schema (draft 2020-12), for programs in other languages. Loads zod: imported dynamically.
import { z } from 'zod';
import { describeSchema, type FindType, type JsonSchema, type TypePlace } from './describe-schema.ts';
import { shareShapes } from './share-shapes.ts';

/** What a published schema is about. */
export interface PublishedSchema {
  /** `report`, of `guestmark-report`. */
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly description: string;
  /** The type that its validator mirrors, whose comments describe the fields. */
  readonly type: TypePlace;
}

/**
 * The schema of what this version writes: fields that came after version 1.0 are required and have a `default`, which is how
 * their absence from an older file is read.
 *
 * @param find Finds the types of the project with their comments.
 */
export function toJsonSchema(validator: z.ZodType, about: PublishedSchema, find: FindType): JsonSchema {
  const { $schema, ...whole } = z.toJSONSchema(validator, { reused: 'inline' }) as JsonSchema;
  const { properties, ...rest } = describeSchema(whole, about.type, find);
  const shared = shareShapes({ ...rest, properties: pinned(properties as JsonSchema, about.version) });
  return {
    $schema,
    $id: `urn:guestmark:${about.id}:${about.version}`,
    title: about.title,
    description: about.description,
    ...shared,
  };
}

/** The validator takes any version, because the reader judges it before; a file of this schema is of this one. */
function pinned(properties: JsonSchema, version: string): JsonSchema {
  const { schemaVersion, ...others } = properties;
  const { pattern, ...kept } = schemaVersion as JsonSchema;
  return { schema: others.schema, schemaVersion: { ...kept, const: version }, ...others };
}
