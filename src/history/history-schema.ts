// The validator of what `guestmark history --json` prints; mirrors history.ts. Loads zod, which costs 100 ms: imported
// dynamically by those who check or publish the format, and by nobody else.
import { z } from 'zod';
import type { ComparedValue, Verdict } from '../compare/comparison.ts';
import { availableSchema, countSchema, namedNumbersSchema } from '../report/schema-parts.ts';
import type {
  History,
  HistoryChange,
  HistoryEvent,
  HistoryMetricId,
  HistoryOptions,
  HistoryPoint,
  HistoryReport,
  HistorySeries,
  LatestJudgement,
} from './history.ts';

const metricId: z.ZodType<HistoryMetricId> = z.enum([
  'gpuTime',
  'wallTime',
  'correctedWallTime',
  'bandwidth',
  'arithmetic',
  'itemRate',
]);

const verdict: z.ZodType<Verdict> = z.enum(['faster', 'slower', 'same', 'unclear']);
const probability = z.number().min(0).max(1);

const interval = { value: z.number(), low: z.number(), high: z.number() };
const isOrdered = ({ value, low, high }: ComparedValue): boolean => low <= value && value <= high;
const DISORDER = 'Its value is not within its interval';
const estimate: z.ZodType<ComparedValue> = z.strictObject(interval).refine(isOrdered, DISORDER);

const options: z.ZodType<HistoryOptions> = z.strictObject({
  metric: z.union([metricId, z.literal('auto')]),
  noiseFloor: z.number().nonnegative(),
  alpha: probability,
  seed: z.int(),
  resamples: z.int().positive(),
  sinceMs: z.number().nullable(),
  last: z.int().positive().nullable(),
});

const report: z.ZodType<HistoryReport> = z.strictObject({
  path: z.string(),
  startedAt: z.string(),
  producer: z.string(),
  toolVersion: z.string(),
  status: z.enum(['running', 'complete', 'partial']),
  hostname: availableSchema(z.string()),
  device: availableSchema(z.string()),
});

const point: z.ZodType<HistoryPoint> = z
  .strictObject({ report: countSchema, ...interval, runs: z.int().positive() })
  .refine(isOrdered, DISORDER);

const event: z.ZodType<HistoryEvent> = z.strictObject({
  point: countSchema,
  id: z.string().min(1),
  what: z.string().min(1),
  before: z.string().nullable(),
  after: z.string().nullable(),
});

const change: z.ZodType<HistoryChange> = z.strictObject({
  point: z.int().positive(),
  verdict: z.enum(['faster', 'slower']),
  ratio: estimate,
  p: probability,
  statement: z.string().min(1),
});

const latest: z.ZodType<LatestJudgement> = z.strictObject({
  verdict,
  reason: z.string().min(1),
  points: countSchema,
  ratio: availableSchema(estimate),
  p: availableSchema(z.strictObject({ raw: probability, holm: probability })),
});

const series: z.ZodType<HistorySeries> = z
  .strictObject({
    caseId: z.string(),
    benchmark: z.string(),
    axes: namedNumbersSchema,
    kind: z.enum(['throughput', 'latency']),
    category: z.string().nullable(),
    itemName: z.string(),
    producer: z.string(),
    hostname: availableSchema(z.string()),
    device: availableSchema(z.string()),
    metric: metricId,
    unit: z.enum(['ns', 'B/s', 'FLOP/s', '1/s']),
    better: z.enum(['lower', 'higher']),
    points: z.array(point).min(1),
    events: z.array(event),
    changes: z.array(change),
    latest,
  })
  .refine(
    ({ points, events, changes }) => [...events, ...changes].every((one) => one.point < points.length),
    { path: ['points'], message: 'There is no such point' },
  );

/** What `guestmark history --json` prints, of this version: unknown keys are errors. */
export const historySchema: z.ZodType<History> = z
  .strictObject({
    schema: z.literal('guestmark-history'),
    schemaVersion: z.string().regex(/^\d+\.\d+$/),
    tool: z.strictObject({ name: z.string(), version: z.string(), node: z.string() }),
    options,
    reports: z.array(report),
    series: z.array(series),
    unmeasured: z.array(z.strictObject({ caseId: z.string(), reason: z.string().min(1) })),
    refused: z.array(z.strictObject({ path: z.string(), message: z.string().min(1) })),
  })
  .refine(
    ({ reports, series: all }) =>
      all.every(({ points }) => points.every((one) => one.report < reports.length)),
    {
      path: ['reports'],
      message: 'There is no such report',
    },
  );
