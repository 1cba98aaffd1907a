// What a compute kernel already says about itself, read from its SPIR-V: names, sizes and places of
// everything it must be given. Own code, since nothing that runs without a compiler tool chain does
// this; it trusts no byte of the module. Knows no device.
import type { KernelInterface } from './kernel-interface.ts';
import { parseModule } from './parse-module.ts';
import { newPartBudget } from './part-budget.ts';
import { isPrintable } from './plain-names.ts';
import { reflectBindings } from './reflect-bindings.ts';
import { pushConstantRangeBytes, reflectPushConstants } from './reflect-push-constants.ts';
import { sharedBytes } from './reflect-shared.ts';
import { reflectLocalSize } from './reflect-workgroup.ts';
import { CAPABILITY_NAMES } from './spirv-capabilities.ts';
import { specializationConstants } from './spirv-constants.ts';
import type { EntryPoint, SpirvModule, Variable } from './spirv-module.ts';
import { EXECUTION_MODEL } from './spirv-numbers.ts';
import { cannotReflect } from './spirv-words.ts';
import { type VariableUse, variableUse } from './variable-use.ts';

/**
 * Reads the interface of a compute kernel.
 *
 * @param entryPoint Its name; needed only where the module has several compute entry points.
 * @throws GuestmarkError (usage) "Cannot reflect shader: …" for anything but a well-formed module with
 *   such an entry point.
 */
export function reflectKernel(spirv: Uint8Array, entryPoint?: string): KernelInterface {
  const module = parseModule(spirv);
  const entry = findEntryPoint(module, entryPoint);
  const uses = variableUse(module, entry.functionId);
  const variables = variablesOf(module, entry, uses);
  const budget = newPartBudget();
  const constants = specializationConstants(module);
  const pushConstants = reflectPushConstants(module, variables, budget);
  return deepFreeze({
    entryPoint: entry.name,
    spirvVersion: module.version,
    localSize: reflectLocalSize(module, entry, constants),
    constants,
    pushConstants,
    pushConstantBytes: pushConstantRangeBytes(pushConstants),
    bindings: reflectBindings(module, variables, uses, budget),
    capabilities: [...module.capabilities].map((number) => CAPABILITY_NAMES[number] ?? `Capability${number}`),
    extensions: [...module.extensions],
    sharedBytes: sharedBytes(
      module,
      module.variables.filter(({ id }) => uses.has(id)),
    ),
  });
}

function kernelsOf({ entryPoints }: SpirvModule): readonly EntryPoint[] {
  const kernels = entryPoints.filter(({ model }) => model === EXECUTION_MODEL.GLCompute);
  if (!kernels.every(({ name }) => isPrintable(name))) {
    throw cannotReflect('the name of an entry point is not printable text of at most 255 characters');
  }
  return kernels;
}

const NAMES_IN_MESSAGE = 20;

function findEntryPoint(module: SpirvModule, name: string | undefined): EntryPoint {
  const kernels = kernelsOf(module);
  const [first, second] = kernels;
  if (first === undefined) throw cannotReflect('the module has no compute entry point');
  const more = kernels.length > NAMES_IN_MESSAGE ? ', …' : '';
  const names = kernels.slice(0, NAMES_IN_MESSAGE).map((kernel) => kernel.name);
  const known = `${names.join(', ')}${more}`;
  if (name === undefined) {
    if (second === undefined) return first;
    const hint = `choose one with --entry NAME, such as --entry ${first.name}`;
    throw cannotReflect(`the module has several compute entry points: ${known}`, hint);
  }
  const named = kernels.find((kernel) => kernel.name === name);
  if (named === undefined) throw cannotReflect(`no compute entry point is named ${name}`, `known: ${known}`);
  return named;
}

/**
 * The variables of an entry point. Since SPIR-V 1.4 it lists all that it uses; before, they are what its code
 * refers to, and all variables of the module where that has no other entry point.
 */
function variablesOf(
  module: SpirvModule,
  { interfaceIds }: EntryPoint,
  uses: ReadonlyMap<number, VariableUse>,
): readonly Variable[] {
  const minor = Number(module.version.split('.')[1]);
  if (minor >= 4) {
    const listed = new Set(interfaceIds);
    return module.variables.filter(({ id }) => listed.has(id));
  }
  const isAlone = module.entryPoints.length === 1;
  return module.variables.filter(({ id }) => isAlone || uses.has(id));
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
