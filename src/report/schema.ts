// The validator of report files; mirrors report.ts. Loads zod, which costs 100 ms: imported dynamically by
// those who read reports, and by nobody else.
import { z } from 'zod';
import { unavailable } from '../base/availability.ts';
import type {
  BindingRecord,
  ClocksRecord,
  CommandRecord,
  ProcessRecord,
  Report,
  StallWatchRecord,
  SystemRecord,
  ValidationRecord,
} from './report.ts';
import type { ModuleRecord, ResumptionRecord, ShaderRecord } from './report-origin.ts';
import { attachmentSchema } from './schema-attachment.ts';
import { caseSchema, warningSchema } from './schema-case.ts';
import { counterGroupSchema } from './schema-counters.ts';
import { derivedSchema, seriesSchema } from './schema-derived.ts';
import { deviceSchema } from './schema-device.ts';
import { machineSchema } from './schema-machine.ts';
import { availableSchema, countSchema, factSchema, tierSchema } from './schema-parts.ts';
import { sourceSchema } from './schema-source.ts';

const OLDER = unavailable('the report is older than this field');

const processRecord: z.ZodType<ProcessRecord> = z.strictObject({
  run: countSchema,
  pid: z.int(),
  startedAt: z.string(),
  wallNs: z.number(),
  exit: z.strictObject({ code: z.int().nullable(), signal: z.string().nullable() }),
  end: z.enum(['done', 'stopped', 'died']),
  lastWords: z.string(),
});

const binding: z.ZodType<BindingRecord> = z.strictObject({
  requested: z.enum(['auto', 'nvk', 'koffi']),
  timedCalls: z.record(z.string(), z.enum(['nvk', 'koffi'])),
  library: z.string(),
  note: z.string().nullable(),
  emptySubmitCpuNs: availableSchema(z.number()),
});

const nullWindows = z.strictObject({
  count: countSchema,
  p01Ns: z.number(),
  p50Ns: z.number(),
  p99Ns: z.number(),
});

const stallWatch: z.ZodType<StallWatchRecord> = z.strictObject({
  cpu: availableSchema(countSchema),
  turnNs: z.number(),
  thresholdNs: z.number(),
  interruptNs: z.number(),
});

const clocks: z.ZodType<ClocksRecord> = z.strictObject({
  tier: tierSchema,
  tierTitle: z.string(),
  tierReason: z.string(),
  stealBound: z.string(),
  snapshotClock: z.string(),
  wallClock: z.string(),
  stampClock: z.string(),
  pinnedCpu: availableSchema(countSchema),
  switchBias: availableSchema(
    z.strictObject({ perBlockNs: z.number(), lowNs: z.number(), highNs: z.number(), waits: countSchema }),
  ),
  workerThreads: countSchema,
  snapshotCostNs: z.number(),
  briefCostNs: z.number(),
  snapshotWidthNs: z.number(),
  stampCostNs: z.number(),
  sources: z.array(sourceSchema),
  stallWatch: availableSchema(stallWatch),
  nullWindows: availableSchema(nullWindows),
  calibratedClock: availableSchema(z.string()),
  capabilities: z.record(z.string(), factSchema),
});

const system: z.ZodType<SystemRecord> = z.strictObject({
  hostname: z.string(),
  platform: z.string(),
  osRelease: availableSchema(z.string()),
  linuxRelease: z.string(),
  architecture: z.string(),
  cpuModel: availableSchema(z.string()),
  cpuCount: countSchema,
  memoryBytes: z.number(),
  loadAverage: z.array(z.number()),
  clocksource: availableSchema(z.string()),
  hypervisorPresent: availableSchema(z.boolean()),
  driverVariables: z.record(z.string(), z.string()).default({}),
});

const command: z.ZodType<CommandRecord> = z.strictObject({
  argv: z.array(z.string()),
  selectors: z.array(z.string()),
  suite: z.string(),
  axes: z.record(z.string(), z.array(z.number())),
  device: z.string().nullable(),
  queueFamily: countSchema.nullable(),
  binding: z.enum(['auto', 'nvk', 'koffi']),
  runs: countSchema,
  minTimeNs: z.number(),
  maxTimeNs: z.number(),
  timeoutNs: z.number(),
  seed: z.int(),
  wait: z.enum(['spin', 'block', 'auto']),
  pin: z.union([z.enum(['auto', 'none']), countSchema]),
  ledger: z.boolean(),
  stalls: z.boolean(),
  counters: z.enum(['quiet', 'all', 'none']).default('none'),
  validate: z.boolean(),
  externalClock: z.string().nullable(),
  memoryLimitBytes: z.number().nullable().default(null),
  processMemoryBytes: z.number().nullable().default(null),
  robustBufferAccess: z.boolean().default(false),
  // Before version 1.5.
  verify: z.enum(['around', 'every']).default('around'),
  dumpOutputs: z.string().nullable().default(null),
});

const shader: z.ZodType<ShaderRecord> = z.strictObject({
  benchmark: z.string(),
  path: z.string(),
  language: z.enum(['glsl', 'hlsl', 'spirv', 'spirv-assembly']),
  entryPoint: z.string(),
  sourceSha256: z.string(),
  spirvSha256: z.string(),
  targetEnvironment: z.string().nullable(),
  compiler: z.string().nullable(),
  definitionSha256: z.string().nullable().default(null),
});

const module: z.ZodType<ModuleRecord> = z.strictObject({ file: z.string(), sha256: z.string() });

const resumption: z.ZodType<ResumptionRecord> = z.strictObject({
  startedAt: z.string(),
  foundStatus: z.enum(['running', 'partial', 'complete']),
  foundCaseRuns: countSchema,
  addedCaseRuns: countSchema,
  replaced: z.array(z.strictObject({ caseId: z.string(), run: countSchema, samples: countSchema })),
});

const validation: z.ZodType<ValidationRecord> = z.strictObject({
  enabled: z.boolean(),
  messages: z.array(
    z.strictObject({ run: countSchema, severity: z.string(), id: z.string(), message: z.string() }),
  ),
});

/** The schema of a report of this version: unknown keys are errors, what older versions did not have has a default. */
export const reportSchema: z.ZodType<Report> = z.strictObject({
  schema: z.literal('guestmark-report'),
  schemaVersion: z.string().regex(/^\d+\.\d+$/),
  tool: z.strictObject({ name: z.string(), version: z.string(), node: z.string() }),
  command,
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  status: z.enum(['running', 'complete', 'partial']),
  statusReason: z.string().nullable(),
  system,
  // Before version 1.4 a report said nothing of these.
  machine: availableSchema(machineSchema).default(OLDER),
  clocks: availableSchema(clocks),
  device: availableSchema(deviceSchema),
  attachment: availableSchema(attachmentSchema).default(OLDER),
  counters: z.array(counterGroupSchema).default([]),
  queueFamilyIndex: countSchema.nullable(),
  binding: availableSchema(binding),
  shaders: z.array(shader).default([]),
  // Before version 1.5 no report was continued.
  modules: z.array(module).default([]),
  resumed: z.array(resumption).default([]),
  processes: z.array(processRecord),
  results: z.array(caseSchema),
  derived: z.array(derivedSchema).default([]),
  series: z.array(seriesSchema).default([]),
  warnings: z.array(warningSchema),
  validation,
});
