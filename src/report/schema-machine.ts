// The schema of a described machine; mirrors src/virt/system-info.ts. Loads zod: reached only through schema.ts.
import { z } from 'zod';
import type { Contradiction, Evidence } from '../virt/evidence.ts';
import type {
  ContainerInfo,
  CpuInfo,
  ExitCost,
  GpuFunction,
  KernelInfo,
  MemoryInfo,
  SystemInfo,
  VirtualizationInfo,
} from '../virt/system-info.ts';
import { countSchema, findingSchema } from './schema-parts.ts';

const text = z.string();
const texts = z.array(z.string());
const flag = z.boolean();
const number = z.number();

/** An id of a table that grows with the tool: readers of other versions must not refuse a new one. */
function named<Id extends string>(): z.ZodType<{ readonly id: Id; readonly name: string }> {
  return z.strictObject({ id: text, name: text }) as unknown as z.ZodType<{
    readonly id: Id;
    readonly name: string;
  }>;
}

/** Signs that cannot both be right. */
export const contradictionSchema: z.ZodType<Contradiction> = z.strictObject({
  statement: text,
  resolution: text,
  sources: texts,
});

const evidence = z.strictObject({
  source: text,
  found: text,
  says: z.strictObject({
    virtual: flag.optional(),
    hypervisor: text.optional(),
    monitor: text.optional(),
    cloud: text.optional(),
    product: text.optional(),
    nested: flag.optional(),
    privileged: flag.optional(),
  }),
  confidence: z.enum(['certain', 'likely', 'claimed']),
  exception: text.optional(),
}) as unknown as z.ZodType<Evidence>;

const virtualization: z.ZodType<VirtualizationInfo> = z.strictObject({
  virtual: findingSchema(flag),
  hypervisor: findingSchema(named()),
  monitor: findingSchema(named()),
  vendorString: findingSchema(text),
  signatures: findingSchema(z.array(z.strictObject({ leaf: text, signature: text, hypervisor: text }))),
  version: findingSchema(text),
  features: findingSchema(z.array(z.strictObject({ name: text, meaning: text, offered: flag }))),
  stealClock: findingSchema(flag),
  stableClock: findingSchema(flag),
  pvSpinlocks: findingSchema(flag),
  dedicatedCpus: findingSchema(flag),
  nested: findingSchema(flag),
  canHostGuests: findingSchema(flag),
  confidential: findingSchema(text),
  cloud: findingSchema(z.strictObject({ provider: text, product: text.nullable() })),
  vmGenerationId: findingSchema(flag),
  vmClock: findingSchema(flag),
  evidence: z.array(evidence),
  contradictions: z.array(contradictionSchema),
}) as unknown as z.ZodType<VirtualizationInfo>;

const claim = z.strictObject({
  container: text,
  source: text,
  found: text,
  verdict: z.enum(['proved', 'refuted', 'unproved']),
  reason: text,
});

const namespace = z.strictObject({ name: text, inode: number, initial: flag.nullable() });

const container: z.ZodType<ContainerInfo> = z.strictObject({
  container: findingSchema(named()),
  claims: z.array(claim),
  namespaces: findingSchema(z.array(namespace)),
  scheduler: findingSchema(text),
  cpuQuota: findingSchema(number),
  throttledNs: findingSchema(number),
  throttledPeriods: findingSchema(number),
  memoryLimitBytes: findingSchema(number),
  allowedCpus: findingSchema(z.array(countSchema)),
  contradictions: z.array(contradictionSchema),
}) as unknown as z.ZodType<ContainerInfo>;

const kernel: z.ZodType<KernelInfo> = z.strictObject({
  release: findingSchema(text),
  distribution: findingSchema(text),
  clocksource: findingSchema(text),
  availableClocksources: findingSchema(texts),
  paravirtTimeAccounting: findingSchema(flag),
  irqTimeAccounting: findingSchema(flag),
  bootParameters: findingSchema(texts),
  perfEventParanoid: findingSchema(number),
});

const cpu: z.ZodType<CpuInfo> = z.strictObject({
  model: findingSchema(text),
  logicalCpus: findingSchema(number),
  sockets: findingSchema(number),
  coresPerSocket: findingSchema(number),
  threadsPerCore: findingSchema(number),
  invariantTsc: findingSchema(flag),
  frequencyGovernor: findingSchema(text),
  frequencyDriver: findingSchema(text),
  currentHz: findingSchema(number),
  maximumHz: findingSchema(number),
  idleDriver: findingSchema(text),
  idleGovernor: findingSchema(text),
});

const memory: z.ZodType<MemoryInfo> = z.strictObject({
  totalBytes: findingSchema(number),
  numaNodes: findingSchema(number),
  transparentHugePages: findingSchema(text),
  reservedHugePages: findingSchema(texts),
});

const gpu: z.ZodType<GpuFunction> = z.strictObject({
  address: text,
  vendorId: countSchema,
  deviceId: countSchema,
  name: text,
  driver: findingSchema(text),
});

const exitCost: z.ZodType<ExitCost> = z.strictObject({
  minCycles: number,
  medianCycles: number,
  p90Cycles: number,
  minNs: number,
  medianNs: number,
  p90Ns: number,
  samples: countSchema,
  executionsPerSample: countSchema,
});

/** A machine. */
export const machineSchema: z.ZodType<SystemInfo> = z.strictObject({
  virtualization,
  container,
  kernel,
  cpu,
  memory,
  gpus: findingSchema(z.array(gpu)),
  exitCost: findingSchema(exitCost),
});
