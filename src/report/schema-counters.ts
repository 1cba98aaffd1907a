// The schemas of counters and of how far they moved, in a report and in `guestmark counters --json`; mirrors src/counters and
// counters-report.ts. Loads zod: imported dynamically by those who read such files, and by nobody else.
import { z } from 'zod';
import type { CounterChange, CounterDescription, CounterGroupRecord } from '../counters/counter.ts';
import type { TakenCounter, TakenGroup } from '../counters/take-counters.ts';
import type { CounterChanges } from '../counters/watch-counters.ts';
import type { CountersReport } from './counters-report.ts';
import { availableSchema, countSchema } from './schema-parts.ts';

const described = z.strictObject({
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
const description: z.ZodType<CounterDescription> = described;
const flags = z.array(z.enum(['wrapped', 'stuck', 'reset']));

/** A group as a report has it. */
export const counterGroupSchema: z.ZodType<CounterGroupRecord> = z.strictObject({
  id: z.string().min(1),
  title: z.string(),
  counters: availableSchema(z.array(description)),
});

const change: z.ZodType<CounterChange> = z.strictObject({
  name: z.string().min(1),
  change: availableSchema(z.number()),
  flags,
});

/** What moved around the samples of a case. */
export const counterChangesSchema: z.ZodType<CounterChanges> = z.strictObject({
  spanNs: z.number(),
  costNs: z.number(),
  changes: z.array(change),
});

const taken: z.ZodType<TakenCounter> = described.extend({
  value: availableSchema(z.number()),
  change: availableSchema(z.number()),
  flags,
});

const takenGroup: z.ZodType<TakenGroup> = z.strictObject({
  id: z.string().min(1),
  title: z.string(),
  disturbs: z.string().nullable(),
  readNs: z.number().nullable(),
  counters: availableSchema(z.array(taken)),
});

/** What `guestmark counters --json` prints, of this version: unknown keys are errors. */
export const countersSchema: z.ZodType<CountersReport> = z.strictObject({
  schema: z.literal('guestmark-counters'),
  schemaVersion: z.string().regex(/^\d+\.\d+$/),
  tool: z.strictObject({ name: z.string(), version: z.string(), node: z.string() }),
  startedAt: z.string(),
  spanNs: z.number(),
  groups: z.array(takenGroup),
});
