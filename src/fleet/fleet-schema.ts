// The validators of a fleet's plan and of what its tasks say of themselves; mirrors fleet-folder.ts. Loads zod, which costs 100 ms:
// imported dynamically.
import { z } from 'zod';
import { type FleetPlan, type FleetTask, MOST_TASKS } from './fleet-folder.ts';

const version = z.string().regex(/^\d+\.\d+$/);
const index = z
  .int()
  .min(0)
  .max(MOST_TASKS - 1);

/** What DIR/fleet.json holds. */
export const fleetPlanSchema: z.ZodType<FleetPlan> = z.strictObject({
  schema: z.literal('guestmark-fleet-plan'),
  schemaVersion: version,
  tool: z.strictObject({ name: z.string(), version: z.string(), node: z.string() }),
  engine: z.enum(['slurm', 'kubernetes', 'manual']),
  name: z.string().min(1),
  createdAt: z.string(),
  tasks: z.int().min(1).max(MOST_TASKS),
  unit: z.enum(['node', 'gpu']),
  nodes: z.array(z.string()),
  runArguments: z.array(z.string()),
});

/** What DIR/tasks/task-*.json hold. */
export const fleetTaskSchema: z.ZodType<FleetTask> = z.strictObject({
  schema: z.literal('guestmark-fleet-task'),
  schemaVersion: version,
  index,
  attempt: z.int().min(1),
  node: z.string(),
  hostname: z.string(),
  job: z.string().nullable(),
  gpus: z.string().nullable(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  exitCode: z.int().nullable(),
});
