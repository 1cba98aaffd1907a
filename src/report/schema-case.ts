// The schema of a case and of its runs; mirrors src/suite/case-run.ts. Loads zod: reached only through
// schema.ts.
import { z } from 'zod';
import { unavailable } from '../base/availability.ts';
import type {
  CaseRun,
  Doubling,
  Failure,
  GpuInterrupts,
  SamplingSteal,
  TimestampFault,
} from '../suite/case-run.ts';
import type { OperationFigure, OwnCost } from '../suite/operation.ts';
import type { Stall } from '../timing/stall.ts';
import type { CaseResult, JudgedThreshold, Metric, ReportWarning } from './report.ts';
import { counterChangesSchema } from './schema-counters.ts';
import { deviceStateSchema } from './schema-device-state.ts';
import { deviceClockSchema, externalSchema } from './schema-external.ts';
import { availableSchema, countSchema, namedNumbersSchema } from './schema-parts.ts';
import { samplesSchema } from './schema-samples.ts';

const OLDER = unavailable('the report is older than this field');

/** Why a case failed. */
export const failureSchema: z.ZodType<Failure> = z.strictObject({
  kind: z.enum(['verification', 'timeout', 'crash', 'vulkan', 'error', 'device']),
  message: z.string(),
  hint: z.string().nullable(),
});

const steal = z.strictObject({
  totalNs: z.number(),
  perCpuNs: namedNumbersSchema,
  tickNs: z.number(),
  note: z.string().nullable(),
});

/** Steal while a case was sampled. */
export const samplingStealSchema: z.ZodType<SamplingSteal> = steal.extend({
  cpus: z.array(countSchema),
  cpusReason: z.string(),
  ceilingNs: z.number().nullable(),
});

const stall: z.ZodType<Stall> = z.strictObject({
  startNs: z.number(),
  durationNs: z.number(),
  cause: z.enum(['steal', 'run-queue', 'blocked', 'interrupt', 'unattributed']),
  ledger: availableSchema(
    z.strictObject({
      cpuNs: z.number(),
      runQueueNs: z.number(),
      stealAndBlockedNs: z.number(),
      uncertaintyNs: z.number(),
    }),
  ),
});

const doubling: z.ZodType<Doubling> = z.strictObject({
  axis: z.string().nullable(),
  ratio: z.number(),
  pairs: countSchema,
});

const ownCost: z.ZodType<OwnCost> = z.strictObject({
  emptyNs: z.number(),
  emptyLowNs: z.number(),
  emptyHighNs: z.number(),
  callNs: z.number(),
  calls: countSchema,
});

/** What an operation measured besides its time. */
export const operationFigureSchema: z.ZodType<OperationFigure> = z.strictObject({
  id: z.string().min(1),
  label: z.string().min(1),
  unit: z.enum(['ns', 'B', 'B/s', '1/s', 'ratio', 'ppm', 'count']),
  estimate: availableSchema(z.strictObject({ value: z.number(), low: z.number(), high: z.number() })),
  method: z.string(),
});

const interrupts: z.ZodType<GpuInterrupts> = z.strictObject({
  count: countSchema,
  perCpu: namedNumbersSchema,
  sources: z.array(z.string()),
});

const timestampFault: z.ZodType<TimestampFault> = z.strictObject({
  reason: z.string(),
  samples: countSchema,
});

const caseRun: z.ZodType<CaseRun> = z
  .strictObject({
    run: countSchema,
    // Before version 1.5.
    processStartedAt: z.string().nullable().default(null),
    status: z.enum(['ok', 'failed', 'skipped']),
    failure: failureSchema.nullable(),
    skipReason: z.string().nullable(),
    iterations: countSchema,
    waitMode: z.enum(['spin', 'block']).nullable(),
    warmUpSubmissions: countSchema,
    verifiedBefore: countSchema,
    verifiedAfter: countSchema,
    outputSha256: availableSchema(z.string()).default(OLDER),
    stopReason: z.enum(['converged', 'lasted', 'max-time', 'max-samples', 'interrupted']).nullable(),
    samples: samplesSchema.nullable(),
    // Before version 1.5.
    timestampFaults: z.array(timestampFault).default([]),
    steal: availableSchema(steal),
    samplingSteal: availableSchema(samplingStealSchema),
    stalls: availableSchema(z.array(stall)),
    caseWallNs: z.number(),
    external: availableSchema(externalSchema),
    deviceClock: availableSchema(deviceClockSchema),
    deviceState: availableSchema(deviceStateSchema).default(OLDER),
    doubling: availableSchema(doubling).default(OLDER),
    // Reports before version 1.3 have none of these.
    ownCost: availableSchema(ownCost).default(OLDER),
    figures: z.array(operationFigureSchema).default([]),
    interrupts: availableSchema(interrupts).default(OLDER),
    // Before version 1.4.
    counters: availableSchema(counterChangesSchema).default(OLDER),
    notes: z.array(z.string()),
  })
  .superRefine(({ status, failure, skipReason }, context) => {
    const issue = (path: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (status === 'failed' && failure === null) issue('failure', 'missing where the status is failed');
    if (status !== 'failed' && failure !== null) issue('failure', `present where the status is ${status}`);
    if (status === 'skipped' && skipReason === null)
      issue('skipReason', 'missing where the status is skipped');
  });

/** As `Category` has them. */
const CATEGORIES = [
  'arithmetic',
  'matrix',
  'memory',
  'synchronization',
  'patterns',
  'models',
  'host',
] as const;

const unit = z.enum(['ns', 'B/s', 'FLOP/s', '1/s', 'ratio', 'count']);

const metric: z.ZodType<Metric> = z.strictObject({
  id: z.string(),
  unit,
  value: z.number(),
  low: z.number(),
  high: z.number(),
  method: z.string(),
});

const threshold: z.ZodType<JudgedThreshold> = z.strictObject({
  metric: z.string(),
  relation: z.enum(['<=', '<', '>=', '>']),
  limit: z.number(),
  unit,
  verdict: z.enum(['met', 'missed', 'unclear', 'unmeasured']),
  reason: z.string().nullable(),
});

/** A warning of a case or of the report. */
export const warningSchema: z.ZodType<ReportWarning> = z.strictObject({
  id: z.string(),
  message: z.string(),
  advice: z.string().nullable(),
});

/** One case. */
export const caseSchema: z.ZodType<CaseResult> = z.strictObject({
  id: z.string().min(1),
  benchmark: z.string(),
  axes: namedNumbersSchema,
  status: z.enum(['ok', 'failed', 'skipped', 'pending']),
  kind: z.enum(['throughput', 'latency']),
  bytes: z.number().nullable(),
  flops: z.number().nullable(),
  items: z.number().nullable(),
  // Reports before version 1.2 have none of these.
  category: z.enum(CATEGORIES).nullable().default(null),
  itemName: z.string().min(1).default('items'),
  showsItemTime: z.boolean().default(false),
  flopType: z.enum(['f64', 'f32', 'f16', 'matrix16', 'matrix8']).default('f32'),
  isRoof: z.boolean().default(false),
  fitsStartUp: z.string().nullable().default(null),
  metrics: z.array(metric),
  warnings: z.array(warningSchema),
  // Reports of version 1.0 have none.
  thresholds: z.array(threshold).default([]),
  runs: z.array(caseRun),
});
