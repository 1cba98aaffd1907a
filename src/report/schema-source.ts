// The schema of a source of time as reports record it; mirrors src/timing/clock-source.ts. Loads zod: reached only
// through the schemas of whole reports.
import { z } from 'zod';
import type { ClockSourceRecord, SourceCost, SourceFigures } from '../timing/clock-source.ts';
import { availableSchema, countSchema } from './schema-parts.ts';

/** What one reading costs. */
export const sourceCostSchema: z.ZodType<SourceCost> = z.strictObject({
  minNs: z.number(),
  medianNs: z.number(),
  p99Ns: z.number(),
  batches: countSchema,
  readingsPerBatch: countSchema,
});

const figures: z.ZodType<SourceFigures> = z.strictObject({
  cost: sourceCostSchema,
  smallestStepNs: availableSchema(z.number()),
  statedResolutionNs: availableSchema(z.number()),
  ranBackwards: countSchema,
  comparisons: countSchema,
});

/** A source of time with what was measured of it. */
export const sourceSchema: z.ZodType<ClockSourceRecord> = z.strictObject({
  name: z.string(),
  scope: z.enum(['thread', 'process', 'CPU', 'cgroup', 'machine']),
  counts: z.string(),
  measured: availableSchema(figures),
});
