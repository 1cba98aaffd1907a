// The shape of the file that `guestmark time` writes, as a validator. Loads zod: imported dynamically.
import { z } from 'zod';
import type { BoundedNs, ProgramRun } from '../program/program-run.ts';
import type { DurationSummary, ProgramSummary } from '../program/summarize-runs.ts';
import { availableSchema, countSchema } from './schema-parts.ts';
import type { TimeReport } from './time-report.ts';

const ns = z.number().nonnegative();
const tier = z.enum(['A', 'B', 'C', 'D', 'E']);

const boundedSchema: z.ZodType<BoundedNs> = z
  .strictObject({ lowNs: ns, highNs: ns, reason: z.string().min(1) })
  .refine(({ lowNs, highNs }) => lowNs <= highNs, 'Its lower bound is above its upper bound');

const statSchema: z.ZodType<ProgramRun['stat']> = availableSchema(
  z.strictObject({
    perCpuNs: z.array(
      z.strictObject({ cpu: countSchema, deltaNs: availableSchema(ns), ranBackwards: z.boolean() }),
    ),
    tickNs: z.number().positive(),
  }),
);

const threadsSchema: z.ZodType<ProgramRun['threads']> = z.strictObject({
  seen: countSchema,
  exact: z.boolean(),
  lost: countSchema,
  lostRunQueueNs: availableSchema(ns),
  leftRunning: countSchema,
});

const runSchema: z.ZodType<ProgramRun> = z
  .strictObject({
    startNs: ns,
    endNs: ns,
    wallNs: ns,
    userNs: ns,
    systemNs: ns,
    cpuNs: ns,
    cpuIncludesSteal: z.boolean(),
    runQueueNs: availableSchema(ns),
    throttledNs: availableSchema(ns),
    blockedNs: availableSchema(ns),
    stealAndBlockedNs: availableSchema(ns),
    stealNs: availableSchema(boundedSchema),
    correctedWallNs: availableSchema(boundedSchema),
    stat: statSchema,
    exitCode: z.int().min(0).max(255).nullable(),
    signal: z.string().min(1).nullable(),
    threads: threadsSchema,
    voluntarySwitches: countSchema,
    involuntarySwitches: countSchema,
    maxRssBytes: availableSchema(countSchema),
    looks: z.strictObject({ count: countSchema, cpuNs: ns }),
  })
  .refine(({ exitCode, signal }) => (exitCode === null) !== (signal === null), {
    path: ['exitCode'],
    message: 'A program ends by an exit code or by a signal',
  });

const durationSchema: z.ZodType<DurationSummary> = z.strictObject({
  mean: ns,
  standardDeviation: ns.nullable(),
  median: ns,
  medianInterval: z.strictObject({ low: ns, high: ns }).nullable(),
  min: ns,
  max: ns,
  outliers: z.strictObject({ mild: countSchema, severe: countSchema }),
});

const summarySchema: z.ZodType<ProgramSummary> = z.strictObject({
  runs: z.int().positive(),
  failed: countSchema,
  wallNs: durationSchema,
  userNs: durationSchema,
  systemNs: durationSchema,
  cpuNs: durationSchema,
  correctedWallNs: availableSchema(z.strictObject({ low: durationSchema, high: durationSchema })),
});

/** The file that `guestmark time` writes. */
export const timeReportSchema: z.ZodType<TimeReport> = z
  .strictObject({
    schema: z.literal('guestmark-time'),
    schemaVersion: z.string().regex(/^\d+\.\d+$/),
    tool: z.strictObject({ name: z.string(), version: z.string(), node: z.string() }),
    command: z.array(z.string()).min(1),
    status: z.enum(['complete', 'partial']),
    wantedRuns: z.int().positive(),
    tier,
    tierTitle: z.string(),
    tierReason: z.string(),
    stealBound: z.string(),
    switches: availableSchema(z.string()),
    cpus: z.array(countSchema),
    pin: availableSchema(z.strictObject({ cpu: countSchema, rule: z.string() })),
    warmup: countSchema,
    runs: z.array(runSchema),
    summary: summarySchema.nullable(),
  })
  .refine(({ runs, summary }) => (summary?.runs ?? 0) === runs.length, {
    path: ['summary'],
    message: 'It is not of these runs',
  });
