// The schema of figures that follow from several cases; mirrors derived.ts. Loads zod: reached only through
// schema.ts.
import { z } from 'zod';
import type { DerivedFigure, TimeSeries } from './derived.ts';
import { availableSchema, countSchema } from './schema-parts.ts';

const id = z.enum([
  'maximumBandwidth',
  'maximumArithmetic',
  'maximumItemRate',
  'minimumItemTime',
  'roofBandwidth',
  'roofArithmeticF64',
  'roofArithmeticF32',
  'roofArithmeticF16',
  'roofArithmeticMATRIX16',
  'roofArithmeticMATRIX8',
  'ridgePointF64',
  'ridgePointF32',
  'ridgePointF16',
  'ridgePointMATRIX16',
  'ridgePointMATRIX8',
  'startUpTime',
  'startUpRate',
  'driftPerMinute',
  'throttleOnset',
  'stealCorrelation',
]);

/** A figure that follows from several cases. */
export const derivedSchema: z.ZodType<DerivedFigure> = z.strictObject({
  id,
  benchmark: z.string().nullable(),
  unit: z.enum(['ns', 'B/s', 'FLOP/s', '1/s', 'FLOP/B', 'ratio']),
  estimate: availableSchema(z.strictObject({ value: z.number(), low: z.number(), high: z.number() })),
  method: z.string(),
  cases: z.array(z.string()),
});

/** A quantity of one run of a case over time. */
export const seriesSchema: z.ZodType<TimeSeries> = z.strictObject({
  id: z.enum(['deviceTime', 'hostTime', 'stolenShare']),
  caseId: z.string(),
  run: countSchema,
  label: z.string(),
  unit: z.enum(['ns', 'ratio']),
  points: z.array(z.strictObject({ atNs: z.number(), value: z.number() })),
});
