// The schema of what other clocks say of the guest's; mirrors src/external/bracket.ts and
// src/timing/gpu-clock-drift.ts. Loads zod: reached only through schema.ts.
import { z } from 'zod';
import type { Bounded } from '../base/bounded.ts';
import type { ExternalComparison } from '../external/bracket.ts';
import type { GpuClockDrift } from '../timing/gpu-clock-drift.ts';
import { countSchema } from './schema-parts.ts';

const bounded: z.ZodType<Bounded> = z.strictObject({ value: z.number(), low: z.number(), high: z.number() });

/** An external clock against the guest's. */
export const externalSchema: z.ZodType<ExternalComparison> = z.strictObject({
  clock: z.string(),
  serverClock: z.string(),
  guestWallNs: z.number(),
  externalWallNs: z.number(),
  boundNs: z.number(),
  driftPpm: bounded,
  tolerancePpm: z.number(),
  roundTripNs: z.number(),
  verdict: z.enum(['agrees', 'slow', 'fast', 'stopped', 'jumped', 'unsteady']),
  steady: z.boolean(),
  otherDriftPpm: z.record(z.string(), bounded),
});

/** The device's clock against the guest's. */
export const deviceClockSchema: z.ZodType<GpuClockDrift> = z.strictObject({
  driftPpm: bounded,
  spanNs: z.number(),
  points: countSchema,
  constant: z.boolean(),
});
