// `guestmark check`: a shader's whole definition, where every value of it came from, and what it comes to on a device.
// Nothing is run; loading shaders and asking for the device are the caller's business.

import type { Available } from '../base/availability.ts';
import { loadPart } from '../base/load-part.ts';
import { describeDefinition } from '../definition/describe-definition.ts';
import type { Expandable } from '../definition/expand-definition.ts';
import { planDefinition } from '../definition/plan-definition.ts';
import { type CheckedDefinition, type CheckReport, checkDocument, fits } from '../report/check-report.ts';
import { checkTable } from '../report/check-table.ts';
import type { DeviceInfo } from '../vulkan/device-info.ts';
import { EXIT } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';
import { toolRecord } from './tool-record.ts';

/** The options of the command, complete and checked. */
export interface CheckOptions {
  /** Definitions with their kernels and the functions of their modules. */
  readonly shaders: readonly Expandable[];
  /** The device whose limits are compared, or why there is none. */
  readonly device: Available<DeviceInfo>;
  readonly json: boolean;
  /** Disassembles a module, for --spirv; null without it. */
  readonly disassemble: Disassemble | null;
}

type Disassemble = (spirv: Uint8Array) => Promise<Available<string>>;

/** Runs the command: `ok` where every case fits, else `failed`. */
export async function checkCommand(options: CheckOptions, terminal: Terminal): Promise<number> {
  const { device, json } = options;
  const shaders: CheckedDefinition[] = [];
  for (const one of options.shaders) shaders.push(await check(one, options));
  const report = checkDocument({ tool: toolRecord(), device, shaders });
  const allFit = shaders.every(({ plan }) => plan.cases.every((one) => fits(plan, one)));
  const code = allFit ? EXIT.ok : EXIT.failed;
  if (!json) {
    terminal.print(checkTable(report, { width: terminal.width, color: terminal.color }));
    return code;
  }
  terminal.print(JSON.stringify(report, null, 2));
  return (await isValid(report, terminal)) ? code : EXIT.internal;
}

async function check(one: Expandable, { device, disassemble }: CheckOptions): Promise<CheckedDefinition> {
  const { spirv } = one.definition;
  return {
    definition: describeDefinition(one),
    validator: one.definition.validator,
    plan: planDefinition(one, device.available ? device.value : null),
    disassembly:
      disassemble === null ? null : await disassemble(Uint8Array.from(Buffer.from(spirv, 'base64'))),
  };
}

/** Checks the document against its own schema; one that does not fit is printed, and called a defect. */
async function isValid(report: CheckReport, terminal: Terminal): Promise<boolean> {
  const { checkSchema } = await loadPart(import('../report/schema-check.ts'));
  const { error } = checkSchema.safeParse(JSON.parse(JSON.stringify(report)));
  if (error !== undefined) terminal.note(`guestmark: Cannot check the document: ${error.message}`);
  return error === undefined;
}
