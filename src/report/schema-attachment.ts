// The schema of how a GPU is attached; mirrors src/virt/gpu-attachment.ts. Loads zod: reached only through schema.ts.
import { z } from 'zod';
import type { GpuAttachment, PciFacts } from '../virt/gpu-attachment.ts';
import { contradictionSchema } from './schema-machine.ts';
import { availableSchema, countSchema, findingSchema } from './schema-parts.ts';

const KINDS = [
  'bare-metal',
  'passthrough',
  'vgpu',
  'mig',
  'api-remoting',
  'display-only',
  'software',
  'sandbox-proxy',
] as const;

const text = z.string();
const number = z.number();

const pci: z.ZodType<PciFacts> = z.strictObject({
  address: text,
  driver: findingSchema(text),
  currentLinkSpeedGTs: findingSchema(number),
  currentLinkWidth: findingSchema(number),
  maximumLinkSpeedGTs: findingSchema(number),
  maximumLinkWidth: findingSchema(number),
  bars: findingSchema(z.array(z.strictObject({ index: countSchema, bytes: number }))),
  resizableBar: findingSchema(z.boolean()),
  iommuGroup: findingSchema(text),
  numaNode: findingSchema(number),
  localCpus: findingSchema(text),
  interrupts: findingSchema(z.array(countSchema)),
  physicalFunction: findingSchema(text),
  virtualFunctions: findingSchema(number),
  powerState: findingSchema(text),
});

/** How a device comes to a guest. */
export const attachmentSchema: z.ZodType<GpuAttachment> = z.strictObject({
  kind: findingSchema(z.enum(KINDS)),
  evidence: z.array(
    z.strictObject({ source: text, found: text, says: z.enum([...KINDS, 'virtual-function']) }),
  ),
  contradictions: z.array(contradictionSchema),
  profile: findingSchema(text),
  pci: availableSchema(pci),
});
