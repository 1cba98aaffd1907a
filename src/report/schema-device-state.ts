// The schema of a device's clocks and temperatures; mirrors src/device-state/device-state.ts. Loads zod: reached only
// through schema.ts.
import { z } from 'zod';
import type { DeviceState, DeviceStateChange } from '../device-state/device-state.ts';
import { availableSchema } from './schema-parts.ts';

const state: z.ZodType<DeviceState> = z.strictObject({
  computeClockHz: availableSchema(z.number()),
  memoryClockHz: availableSchema(z.number()),
  temperatureCelsius: availableSchema(z.number()),
  powerWatts: availableSchema(z.number()),
  throttleReasons: availableSchema(z.array(z.string())),
  busyRatio: availableSchema(z.number()),
  costNs: z.number(),
});

/** Readings around the samples of a case. */
export const deviceStateSchema: z.ZodType<DeviceStateChange> = z.strictObject({
  before: state,
  after: state,
});
