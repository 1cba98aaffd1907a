// The validator of what `guestmark tenants --json` prints; mirrors tenants-report.ts. Loads zod, which costs 100 ms: imported
// dynamically by those who check or publish the format, and by nobody else.
import { z } from 'zod';
import { failureSchema, operationFigureSchema, samplingStealSchema } from '../report/schema-case.ts';
import { availableSchema, countSchema, tierSchema } from '../report/schema-parts.ts';
import { columnsSchema } from '../report/schema-samples.ts';
import type { ValueInterval } from '../stats/ratio-interval.ts';
import { FIGURE_UNITS } from '../suite/operation.ts';
import {
  type Group,
  type GroupFigures,
  type KillRecord,
  type Member,
  type MemberFigures,
  type OperationFigures,
  type Phase,
  type RecoveryFigures,
  SCENARIOS,
  type SurvivorFigures,
  TENANTS_SCHEMA_VERSION,
  type TenantRun,
  type TenantsCommand,
  type TenantsReport,
  type TimesFigures,
  type Window,
} from './tenants-report.ts';

const interval: z.ZodType<ValueInterval> = z
  .strictObject({ value: z.number(), low: z.number(), high: z.number() })
  .refine(({ value, low, high }) => low <= value && value <= high, 'Its value is not within its interval');
const known = availableSchema(interval);

const command: z.ZodType<TenantsCommand> = z.strictObject({
  scenario: z.enum(SCENARIOS),
  selectors: z.array(z.string()),
  aggressor: z.string().nullable(),
  tenants: z.int().min(2),
  rounds: z.int().positive(),
  timeNs: z.number().positive(),
  timeoutNs: z.number().positive(),
  seed: countSchema,
  device: z.string().nullable(),
  queueFamily: countSchema.nullable(),
  binding: z.enum(['auto', 'nvk', 'koffi']),
  validate: z.boolean(),
  memoryLimitBytes: z.number().nullable(),
  processMemoryBytes: z.number().nullable(),
});

const memberShape = {
  role: z.enum(['tenant', 'victim', 'aggressor', 'killed']),
  caseId: z.string(),
  workClass: z.string().nullable(),
};
const member: z.ZodType<Member> = z.strictObject(memberShape);

const group: z.ZodType<Group> = z.strictObject({
  kind: z.enum(['alone', 'together']),
  members: z.array(member).min(1),
});

const run: z.ZodType<TenantRun> = z.strictObject({
  status: z.enum(['ok', 'failed', 'skipped']),
  failure: failureSchema.nullable(),
  skipReason: z.string().nullable(),
  iterations: countSchema,
  verifiedBefore: countSchema,
  verifiedAfter: countSchema,
  verifiedAfterNs: z.number().nullable(),
  readyAfterNs: z.number().nullable(),
  submissionsPerSample: z.int().positive().nullable(),
  samplingSteal: availableSchema(samplingStealSchema),
  figures: z.array(operationFigureSchema),
  samples: columnsSchema([
    'startNs',
    'wallNs',
    'gpuNs',
    'ledgerWallNs',
    'runQueueNs',
    'workersRunQueueNs',
    'stealLowNs',
    'stealHighNs',
    'correctedHighNs',
    'correctedFloorNs',
  ]).nullable(),
});

const window: z.ZodType<Window> = z
  .strictObject({ startNs: z.number(), endNs: z.number() })
  .refine(({ startNs, endNs }) => startNs <= endNs, 'It ends before it starts');

const kill: z.ZodType<KillRecord> = z.strictObject({
  member: countSchema,
  killedNs: z.number(),
  goneNs: z.number(),
  newcomer: run,
  newcomerGoneNs: z.number(),
});

const phase: z.ZodType<Phase> = z.strictObject({
  round: z.int().positive(),
  group: countSchema,
  gatheredAfterNs: z.number().nullable(),
  window: availableSchema(window),
  kill: kill.nullable(),
  tenants: z.array(run),
});

const times: z.ZodType<TimesFigures> = z.strictObject({
  rounds: countSchema,
  samples: countSchema,
  gpuTime: known,
  wallTime: known,
  correctedWallTime: known,
  wallTail: availableSchema(z.strictObject({ p50: z.number(), p95: z.number(), p99: z.number() })),
  rate: known,
  waitingThreads: availableSchema(z.number()),
  steal: availableSchema(z.strictObject({ low: z.number(), high: z.number() })),
});

const memberFigures: z.ZodType<MemberFigures> = z.strictObject({
  ...memberShape,
  alone: times,
  together: times,
  slowdown: z.strictObject({
    gpuTime: known,
    wallTime: known,
    correctedWallTime: known,
    wallTimeP99: known,
  }),
  share: known,
});

const operation: z.ZodType<OperationFigures> = z.strictObject({
  member: countSchema,
  id: z.string().min(1),
  label: z.string().min(1),
  unit: z.enum(FIGURE_UNITS),
  alone: known,
  together: known,
  newcomer: known,
});

const survivor: z.ZodType<SurvivorFigures> = z.strictObject({
  member: countSchema,
  rateBefore: known,
  rateAfter: known,
  verifiedRuns: countSchema,
  runs: countSchema,
});

const recovery: z.ZodType<RecoveryFigures> = z.strictObject({
  gone: known,
  verified: known,
  startAlone: known,
});

const figures: z.ZodType<GroupFigures> = z.strictObject({
  group: countSchema,
  members: z.array(memberFigures),
  fairness: known,
  total: known,
  operations: z.array(operation),
  survivors: z.array(survivor),
  recovery: recovery.nullable(),
});

/** What `guestmark tenants --json` prints, of this version: unknown keys are errors. */
export const tenantsSchema: z.ZodType<TenantsReport> = z
  .strictObject({
    schema: z.literal('guestmark-tenants'),
    schemaVersion: z.literal(TENANTS_SCHEMA_VERSION),
    tool: z.strictObject({ name: z.string(), version: z.string(), node: z.string() }),
    startedAt: z.string(),
    status: z.enum(['running', 'complete', 'partial']),
    command,
    cpuCount: z.int().positive(),
    device: availableSchema(z.strictObject({ name: z.string(), driver: z.string(), software: z.boolean() })),
    tier: availableSchema(tierSchema),
    groups: z.array(group),
    phases: z.array(phase),
    validation: z.array(z.string()),
    figures: z.array(figures),
  })
  .superRefine(({ groups, phases, figures: all }, context) => {
    const refuse = (message: string): void => context.addIssue({ code: 'custom', message });
    for (const one of phases)
      if (groups[one.group]?.members.length !== one.tenants.length)
        refuse('A phase has not the members of its group');
    for (const one of all)
      if (groups[one.group]?.members.length !== one.members.length)
        refuse('A figure has not the members of its group');
  });
