// The validator of `guestmark system --json`; mirrors system-report.ts. Loads zod: imported dynamically by those who read such
// files, and by nobody else.
import { z } from 'zod';
import { attachmentSchema } from './schema-attachment.ts';
import { machineSchema } from './schema-machine.ts';
import { availableSchema, countSchema } from './schema-parts.ts';
import type { DescribedDevice, SystemReport } from './system-report.ts';

const device: z.ZodType<DescribedDevice> = z.strictObject({
  index: countSchema,
  name: z.string(),
  attachment: attachmentSchema,
});

/** The schema of a described machine of this version: unknown keys are errors. */
export const systemSchema: z.ZodType<SystemReport> = z.strictObject({
  schema: z.literal('guestmark-system'),
  schemaVersion: z.string().regex(/^\d+\.\d+$/),
  tool: z.strictObject({ name: z.string(), version: z.string(), node: z.string() }),
  sysroot: z.string().nullable(),
  system: machineSchema,
  devices: availableSchema(z.array(device)),
});
