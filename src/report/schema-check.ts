// The validator of `guestmark check --json`; mirrors check-report.ts and, of src/definition, description.ts and
// definition-plan.ts. Loads zod: imported dynamically by those who read such files, and by nobody else.
import { z } from 'zod';
import type {
  DefinitionPlan,
  Obstacle,
  PlannedCase,
  PlannedDispatch,
} from '../definition/definition-plan.ts';
import type {
  BindingDescription,
  ConstantDescription,
  DefinitionDescription,
  MemberDescription,
  ShaderDescription,
  Stated,
} from '../definition/description.ts';
import type { CheckedDefinition, CheckReport } from './check-report.ts';
import { deviceSchema } from './schema-device.ts';
import { availableSchema, countSchema, namedNumbersSchema } from './schema-parts.ts';

const from: z.ZodType<Stated['from']> = z.strictObject({
  kind: z.enum(['convention', 'shader', 'pragma', 'module', 'suite file', 'command line']),
  place: z.string().nullable(),
});

const stated: z.ZodType<Stated> = z.strictObject({ text: z.string(), from });
const statedOrNull = stated.nullable();
const sizes = z.tuple([z.number(), z.number(), z.number()]);

const shader: z.ZodType<ShaderDescription> = z.strictObject({
  path: z.string(),
  language: z.enum(['glsl', 'hlsl', 'spirv', 'spirv-assembly']),
  entryPoint: stated,
  compiler: z.string().nullable(),
  targetEnvironment: z.string().nullable(),
  spirvVersion: z.string(),
  spirvBytes: countSchema,
  sourceSha256: z.string(),
  spirvSha256: z.string(),
  capabilities: z.array(z.string()),
  extensions: z.array(z.string()),
  sharedBytes: countSchema.nullable(),
  localSize: z.array(z.strictObject({ value: z.number(), constant: z.string().nullable() })),
});

const use = z.enum(['none', 'read', 'write', 'read-write']);

const binding: z.ZodType<BindingDescription> = z.strictObject({
  name: z.string(),
  set: countSchema,
  binding: countSchema,
  blockName: z.string().nullable(),
  kind: z.string() as unknown as z.ZodType<BindingDescription['kind']>,
  access: use.exclude(['none']),
  use,
  image: z
    .strictObject({
      dimensions: z.enum(['1d', '2d', '3d', 'cube', 'rect', 'other']),
      isArray: z.boolean(),
      isMultisampled: z.boolean(),
      format: z.string().nullable(),
      sampledType: z.enum(['float', 'int', 'uint']),
    })
    .nullable(),
  headerBytes: countSchema,
  element: z.string().nullable(),
  elementBytes: countSchema.nullable(),
  elementCount: countSchema.nullable(),
  elements: statedOrNull,
  fill: stated,
  expect: statedOrNull,
});

const member: z.ZodType<MemberDescription> = z.strictObject({
  binding: z.string().nullable(),
  name: z.string(),
  type: z.string(),
  offset: countSchema,
  value: statedOrNull,
});

const constant: z.ZodType<ConstantDescription> = z.strictObject({
  id: countSchema,
  name: z.string().nullable(),
  type: z.string(),
  default: z.string(),
  axis: z.string().nullable(),
});

const reference = z.strictObject({
  path: z.string(),
  entryPoint: z.string(),
  spirvSha256: z.string(),
  tolerance: z.number(),
  from,
});

const definition: z.ZodType<DefinitionDescription> = z.strictObject({
  name: stated,
  summary: stated,
  kind: stated,
  shader,
  axes: z.array(z.strictObject({ name: z.string(), values: z.array(z.number()), from })),
  bindings: z.array(binding),
  members: z.array(member),
  constants: z.array(constant),
  size: z.strictObject({ of: z.enum(['items', 'groups']), text: z.string(), from }),
  flops: statedOrNull,
  bytes: stated,
  requires: z.array(stated),
  verify: statedOrNull,
  reference: reference.nullable(),
});

const plainNumber = z.union([z.number(), z.string()]);

const dispatch: z.ZodType<PlannedDispatch> = z.strictObject({
  localSize: sizes,
  workgroups: sizes,
  invocations: z.number(),
  bindings: z.array(
    z.strictObject({ name: z.string(), bytes: z.number(), elements: z.number(), extent: sizes.nullable() }),
  ),
  memoryBytes: z.number(),
  movedBytes: z.number(),
  flops: z.number().nullable(),
  flopsPerByte: z.number().nullable(),
  push: z.record(z.string(), z.array(plainNumber)),
  constants: z.record(z.string(), plainNumber),
});

const obstacle: z.ZodType<Obstacle> = z.strictObject({
  what: z.string(),
  needed: z.number().nullable(),
  limit: z.number().nullable(),
  binding: z.string().nullable(),
  axis: z.string().nullable(),
  fittingValue: z.number().nullable(),
  message: z.string(),
  hint: z.string(),
});

const plannedCase: z.ZodType<PlannedCase> = z.strictObject({
  id: z.string(),
  axes: namedNumbersSchema,
  problem: z.string().nullable(),
  dispatch: dispatch.nullable(),
  obstacles: z.array(obstacle),
});

const plan: z.ZodType<DefinitionPlan> = z.strictObject({
  totalCases: countSchema,
  obstacles: z.array(obstacle),
  cases: z.array(plannedCase),
});

const checked: z.ZodType<CheckedDefinition> = z.strictObject({
  definition,
  validator: z.strictObject({ name: z.string().nullable(), reason: z.string().nullable() }),
  plan,
  disassembly: availableSchema(z.string()).nullable(),
});

/** The schema of a check of this version: unknown keys are errors. */
export const checkSchema: z.ZodType<CheckReport> = z.strictObject({
  schema: z.literal('guestmark-check'),
  schemaVersion: z.string().regex(/^\d+\.\d+$/),
  tool: z.strictObject({ name: z.string(), version: z.string(), node: z.string() }),
  device: availableSchema(deviceSchema),
  shaders: z.array(checked),
});
