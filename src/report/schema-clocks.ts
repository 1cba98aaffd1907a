// The validator of `guestmark clocks --json`; mirrors clocks-report.ts and the census in src/timing. Loads zod:
// imported dynamically by those who read such files, and by nobody else.
import { z } from 'zod';
import type { DriftRecord } from '../timing/clock-census.ts';
import type { ClockDrift } from '../timing/clock-drift.ts';
import type { ClockSourceRecord, SourceCost, SourceFigures } from '../timing/clock-source.ts';
import type { TierVerdict } from '../timing/ledger-rules.ts';
import type { NullDistribution, NullSurvey } from '../timing/null-windows.ts';
import type { ClocksReport } from './clocks-report.ts';
import { availableSchema, countSchema, factSchema, tierSchema } from './schema-parts.ts';

const wallClock = z.enum(['CLOCK_MONOTONIC', 'CLOCK_MONOTONIC_RAW']);

const verdict: z.ZodType<TierVerdict> = z.strictObject({
  tier: tierSchema,
  title: z.string(),
  reason: z.string(),
  stealBound: z.string(),
  gapIncludesIrq: z.boolean(),
});

const cost: z.ZodType<SourceCost> = z.strictObject({
  minNs: z.number(),
  medianNs: z.number(),
  p99Ns: z.number(),
  batches: countSchema,
  readingsPerBatch: countSchema,
});

const figures: z.ZodType<SourceFigures> = z.strictObject({
  cost,
  smallestStepNs: availableSchema(z.number()),
  statedResolutionNs: availableSchema(z.number()),
  ranBackwards: countSchema,
  comparisons: countSchema,
});

const source: z.ZodType<ClockSourceRecord> = z.strictObject({
  name: z.string(),
  scope: z.enum(['thread', 'process', 'CPU', 'cgroup', 'machine']),
  counts: z.string(),
  measured: availableSchema(figures),
});

const drift: z.ZodType<ClockDrift> = z.strictObject({
  ppm: z.number(),
  boundPpm: z.number(),
  spanNs: z.number(),
});

const distribution: z.ZodType<NullDistribution> = z.strictObject({
  p01Ns: z.number(),
  p10Ns: z.number(),
  p50Ns: z.number(),
  p90Ns: z.number(),
  p99Ns: z.number(),
  absoluteMedianNs: z.number(),
  boundMedianNs: z.number(),
});

const survey: z.ZodType<NullSurvey> = z.strictObject({
  clock: z.enum(['koffi', 'pure-node', 'simulated']),
  wallClock,
  windowNs: z.number(),
  windows: countSchema,
  blockedWindows: countSchema,
  waitedWindows: countSchema,
  distribution: availableSchema(distribution),
  schedulerDrift: availableSchema(drift),
});

const driftRecord: z.ZodType<DriftRecord> = z.strictObject({
  clock: z.string(),
  reference: z.string(),
  drift: availableSchema(drift),
});

/** The schema of a clocks report of this version: unknown keys are errors. */
export const clocksSchema: z.ZodType<ClocksReport> = z.strictObject({
  schema: z.literal('guestmark-clocks'),
  schemaVersion: z.string().regex(/^\d+\.\d+$/),
  tool: z.strictObject({ name: z.string(), version: z.string(), node: z.string() }),
  startedAt: z.string(),
  verdict,
  capabilities: z.record(z.string(), factSchema) as unknown as z.ZodType<ClocksReport['capabilities']>,
  loopCost: cost,
  sources: z.array(source),
  nullWindows: z.array(availableSchema(survey)),
  drifts: z.array(driftRecord),
});
