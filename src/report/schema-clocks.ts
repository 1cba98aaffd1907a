// The validator of `guestmark clocks --json`; mirrors clocks-report.ts and the census in src/timing. Loads zod:
// imported dynamically by those who read such files, and by nobody else.
import { z } from 'zod';
import type { CensusCpu, DriftRecord } from '../timing/clock-census.ts';
import type { ClockDiscipline } from '../timing/clock-discipline.ts';
import type { ClockDrift } from '../timing/clock-drift.ts';
import type { TierVerdict } from '../timing/ledger-rules.ts';
import type { NullDistribution, NullSurvey } from '../timing/null-windows.ts';
import type { ClocksReport } from './clocks-report.ts';
import { availableSchema, countSchema, factSchema, tierSchema } from './schema-parts.ts';
import { sourceCostSchema, sourceSchema } from './schema-source.ts';

const wallClock = z.enum(['CLOCK_MONOTONIC', 'CLOCK_MONOTONIC_RAW']);

const verdict: z.ZodType<TierVerdict> = z.strictObject({
  tier: tierSchema,
  title: z.string(),
  reason: z.string(),
  stealBound: z.string(),
  gapIncludesIrq: z.boolean(),
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

const cpu: z.ZodType<CensusCpu> = z.strictObject({
  pinned: availableSchema(z.strictObject({ cpu: countSchema, rule: z.string() })),
  start: availableSchema(countSchema),
  end: availableSchema(countSchema),
});

const driftRecord: z.ZodType<DriftRecord> = z.strictObject({
  clock: z.string(),
  reference: z.string(),
  drift: availableSchema(drift),
});

const discipline: z.ZodType<ClockDiscipline> = z.strictObject({
  frequencyPpm: z.number(),
  tickPpm: z.number(),
  slewPpm: z.number(),
  synchronised: z.boolean(),
});

/** The schema of a clocks report of this version: unknown keys are errors. */
export const clocksSchema: z.ZodType<ClocksReport> = z.strictObject({
  schema: z.literal('guestmark-clocks'),
  schemaVersion: z.string().regex(/^\d+\.\d+$/),
  tool: z.strictObject({ name: z.string(), version: z.string(), node: z.string() }),
  startedAt: z.string(),
  verdict,
  capabilities: z.record(z.string(), factSchema) as unknown as z.ZodType<ClocksReport['capabilities']>,
  cpu,
  loopCost: sourceCostSchema,
  sources: z.array(sourceSchema),
  nullWindows: z.array(availableSchema(survey)),
  drifts: z.array(driftRecord),
  discipline: availableSchema(discipline),
});
