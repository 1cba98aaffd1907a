// The schema of counters and of how far they moved; mirrors src/counters. Loads zod: reached only through schema.ts.
import { z } from 'zod';
import type { CounterChange, CounterDescription, CounterGroupRecord } from '../counters/counter.ts';
import type { CounterChanges } from '../counters/watch-counters.ts';
import { availableSchema, countSchema } from './schema-parts.ts';

const description: z.ZodType<CounterDescription> = z.strictObject({
  name: z.string().min(1),
  unit: z.string() as unknown as z.ZodType<CounterDescription['unit']>,
  kind: z.enum(['count', 'gauge']),
  description: z.string(),
  source: z.string(),
  step: z.number().nullable(),
  wrapBits: countSchema.nullable(),
  sticks: z.literal(true).exactOptional(),
  scale: z.number(),
});

/** A group as a report has it. */
export const counterGroupSchema: z.ZodType<CounterGroupRecord> = z.strictObject({
  id: z.string().min(1),
  title: z.string(),
  counters: availableSchema(z.array(description)),
});

const change: z.ZodType<CounterChange> = z.strictObject({
  name: z.string().min(1),
  change: availableSchema(z.number()),
  flags: z.array(z.enum(['wrapped', 'stuck', 'reset'])),
});

/** What moved around the samples of a case. */
export const counterChangesSchema: z.ZodType<CounterChanges> = z.strictObject({
  spanNs: z.number(),
  costNs: z.number(),
  changes: z.array(change),
});
