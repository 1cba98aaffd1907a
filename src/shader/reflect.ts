// What a compute kernel already says about itself, read from its SPIR-V: names, sizes and places of
// everything it must be given. Own code, since nothing that runs without a compiler tool chain does
// this; it trusts no byte of the module. Knows no device.
import type { KernelInterface } from './kernel-interface.ts';
import { parseModule } from './parse-module.ts';
import { reflectBindings } from './reflect-bindings.ts';
import { pushConstantRangeBytes, reflectPushConstants } from './reflect-push-constants.ts';
import { reflectLocalSize } from './reflect-workgroup.ts';
import { specializationConstants } from './spirv-constants.ts';
import type { EntryPoint, SpirvModule, Variable } from './spirv-module.ts';
import { CAPABILITY_NAMES, EXECUTION_MODEL } from './spirv-numbers.ts';
import { cannotReflect } from './spirv-words.ts';

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
  const variables = variablesOf(module, entry);
  const constants = specializationConstants(module);
  const pushConstants = reflectPushConstants(module, variables);
  return deepFreeze({
    entryPoint: entry.name,
    spirvVersion: module.version,
    localSize: reflectLocalSize(module, entry, constants),
    constants,
    pushConstants,
    pushConstantBytes: pushConstantRangeBytes(pushConstants),
    bindings: reflectBindings(module, variables),
    capabilities: module.capabilities.map((number) => CAPABILITY_NAMES[number] ?? `Capability${number}`),
  });
}

function findEntryPoint(module: SpirvModule, name: string | undefined): EntryPoint {
  const kernels = module.entryPoints.filter(({ model }) => model === EXECUTION_MODEL.GLCompute);
  const [first, second] = kernels;
  if (first === undefined) throw cannotReflect('the module has no compute entry point');
  const names = kernels.map((kernel) => kernel.name).join(', ');
  if (name === undefined) {
    if (second === undefined) return first;
    throw cannotReflect(`the module has several compute entry points: ${names}`, 'name one of them');
  }
  const named = kernels.find((kernel) => kernel.name === name);
  if (named === undefined) throw cannotReflect(`no compute entry point is named ${name}`, `known: ${names}`);
  return named;
}

/**
 * The variables that an entry point uses. Since SPIR-V 1.4 it lists all of them; before, what other
 * entry points of the module use cannot be told apart without following calls, and counts as used.
 */
function variablesOf(module: SpirvModule, { interfaceIds }: EntryPoint): readonly Variable[] {
  const [major = 0, minor = 0] = module.version.split('.').map(Number);
  if (major === 1 && minor < 4) return module.variables;
  const used = new Set(interfaceIds);
  return module.variables.filter(({ id }) => used.has(id));
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
