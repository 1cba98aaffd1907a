// What `guestmark check --json` prints: each definition in words, and its plan on a device. Types, and the one function that
// puts the parts together; schema-check.ts holds the matching validator.
import type { Available } from '../base/availability.ts';
import type { DefinitionPlan } from '../definition/definition-plan.ts';
import type { DefinitionDescription } from '../definition/description.ts';
import type { LoadedShader } from '../shader/loaded-shader.ts';
import type { DeviceInfo } from '../vulkan/device-info.ts';

/** Major changes when old readers would misread it, minor when fields are added. */
export const CHECK_SCHEMA_VERSION = '1.0';

/** A definition that was checked. */
export interface CheckedDefinition {
  readonly definition: DefinitionDescription;
  readonly validator: LoadedShader['validator'];
  readonly plan: DefinitionPlan;
  /** Null where nobody asked for it. */
  readonly disassembly: Available<string> | null;
}

/** Definitions and their plans. */
export interface CheckReport {
  readonly schema: 'guestmark-check';
  readonly schemaVersion: string;
  readonly tool: { readonly name: string; readonly version: string; readonly node: string };
  /** The device whose limits the plans were compared with. */
  readonly device: Available<DeviceInfo>;
  readonly shaders: readonly CheckedDefinition[];
}

/** The document of a check. */
export function checkDocument(parts: Pick<CheckReport, 'tool' | 'device' | 'shaders'>): CheckReport {
  return { schema: 'guestmark-check', schemaVersion: CHECK_SCHEMA_VERSION, ...parts };
}

/** Whether a case exists and nothing stands in its way. */
export function fits({ obstacles }: DefinitionPlan, one: DefinitionPlan['cases'][number]): boolean {
  return one.problem === null && one.obstacles.length === 0 && obstacles.length === 0;
}
