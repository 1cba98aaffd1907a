// The validator of what `guestmark merge --json` prints; mirrors fleet-report.ts. Loads zod, which costs 100 ms: imported
// dynamically by those who check or publish the format, and by nobody else.
import { z } from 'zod';
import type { RefusedFile } from '../evidence/evidence.ts';
import { fleetPlanSchema } from '../fleet/fleet-schema.ts';
import { availableSchema, countSchema, namedNumbersSchema } from '../report/schema-parts.ts';
import type {
  FleetCase,
  FleetDifference,
  FleetDistribution,
  FleetFinding,
  FleetGap,
  FleetMeasure,
  FleetMetricId,
  FleetNode,
  FleetNodeState,
  FleetOutlier,
  FleetReport,
  MergeOptions,
} from './fleet-report.ts';

const metricId: z.ZodType<FleetMetricId> = z.enum(['gpuTime', 'wallTime', 'correctedWallTime']);
const verdict: z.ZodType<FleetFinding['verdict']> = z.enum(['slower', 'faster']);
const probability = z.number().min(0).max(1);
const text = availableSchema(z.string());
const number = availableSchema(z.number());

const options: z.ZodType<MergeOptions> = z.strictObject({
  noiseFloor: z.number().nonnegative(),
  alpha: probability,
  fewestNodes: countSchema,
});

const state: z.ZodType<FleetNodeState> = z.strictObject({
  computeClockHz: number,
  throttleReasons: z.array(z.string()),
  eccErrors: number,
  linkWidth: number,
  linkGtps: number,
  stealShare: availableSchema(z.strictObject({ low: z.number(), high: z.number() })),
  runQueueShare: number,
  throttledShare: number,
  exitCostNs: number,
});

const node: z.ZodType<FleetNode> = z.strictObject({
  name: z.string(),
  hostname: text,
  device: text,
  driver: text,
  hypervisor: text,
  attachment: text,
  linuxRelease: text,
  toolVersion: z.string(),
  reports: z.array(z.string()).min(1),
  measured: countSchema,
  failed: countSchema,
  state,
});

const distribution: z.ZodType<FleetDistribution> = z.strictObject({
  nodes: z.int().positive(),
  min: z.number(),
  p01: z.number(),
  p05: z.number(),
  p25: z.number(),
  median: z.number(),
  p75: z.number(),
  p95: z.number(),
  p99: z.number(),
  max: z.number(),
  spread: z.number().nonnegative().nullable(),
});

const measure: z.ZodType<FleetMeasure> = z.strictObject({
  metric: metricId,
  distribution,
  values: z.array(z.number().nullable()),
});

const fleetCase: z.ZodType<FleetCase> = z.strictObject({
  id: z.string().min(1),
  benchmark: z.string(),
  axes: namedNumbersSchema,
  kind: z.enum(['throughput', 'latency']),
  category: z.string().nullable(),
  main: metricId,
  rate: z.strictObject({ unit: z.enum(['B/s', 'FLOP/s', '1/s']), amount: z.number() }).nullable(),
  measures: z.array(measure),
  missing: z.array(z.strictObject({ reason: z.string(), nodes: z.array(countSchema).min(1) })),
});

const finding: z.ZodType<FleetFinding> = z.strictObject({
  case: countSchema.nullable(),
  metric: metricId,
  verdict,
  ratio: z.number().positive(),
  p: z.strictObject({ raw: probability, adjusted: probability }),
});

const outlier: z.ZodType<FleetOutlier> = z.strictObject({
  node: countSchema,
  verdict,
  cause: z.enum(['gpu', 'guest', 'unexplained']),
  reasons: z.array(z.string().min(1)),
  findings: z.array(finding).min(1),
});

const gap: z.ZodType<FleetGap> = z.strictObject({
  task: countSchema.nullable(),
  node: z.string().nullable(),
  reason: z.string().min(1),
});

const difference: z.ZodType<FleetDifference> = z.strictObject({
  what: z.string().min(1),
  values: z.array(z.strictObject({ value: z.string(), nodes: z.int().positive(), first: z.string() })).min(2),
});

const refusedFile: z.ZodType<RefusedFile> = z.strictObject({ path: z.string(), message: z.string().min(1) });

/** What `guestmark merge --json` prints, of this version: unknown keys are errors. */
export const fleetReportSchema: z.ZodType<FleetReport> = z
  .strictObject({
    schema: z.literal('guestmark-fleet'),
    schemaVersion: z.string().regex(/^\d+\.\d+$/),
    tool: z.strictObject({ name: z.string(), version: z.string(), node: z.string() }),
    options,
    plan: fleetPlanSchema.nullable(),
    nodes: z.array(node),
    cases: z.array(fleetCase),
    outliers: z.array(outlier),
    unjudged: z.array(countSchema),
    gaps: z.array(gap),
    differences: z.array(difference),
    refused: z.array(refusedFile),
  })
  .refine(
    ({ nodes, cases }) =>
      cases.every(({ measures }) => measures.every(({ values }) => values.length === nodes.length)),
    { path: ['cases'], message: 'There are not as many values as nodes' },
  )
  .refine(
    ({ nodes, cases, outliers }) =>
      outliers.every(
        (one) =>
          one.node < nodes.length &&
          one.findings.every((found) => found.case === null || found.case < cases.length),
      ),
    { path: ['outliers'], message: 'There is no such node or case' },
  );
