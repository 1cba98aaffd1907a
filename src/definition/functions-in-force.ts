// Which functions of a module count: those of what nothing stronger has been said about. A suite file and the command line
// win over a module, a module over the shader and its pragmas. Pure.
import { ownValue } from '../base/own-value.ts';
import type { Origin, ShaderDefinition, Sourced } from './definition.ts';
import type { ModuleFunctions } from './module-functions.ts';

/** Whether what is said there wins over the functions of a module. */
export function overridesModule({ kind }: Origin): boolean {
  return kind === 'suite file' || kind === 'command line';
}

/** The functions without those that something stronger replaces; `verify` stays, beside what else is expected. */
export function functionsInForce(definition: ShaderDefinition, functions: ModuleFunctions): ModuleFunctions {
  const { flops, bytes, size, bindings, values } = definition;
  const kept: { -readonly [K in keyof ModuleFunctions]: ModuleFunctions[K] } = { ...functions };
  if (isOverridden(flops)) delete kept.flops;
  if (isOverridden(bytes)) delete kept.bytes;
  if (isOverridden(size)) {
    delete kept.items;
    delete kept.groups;
  }
  if (functions.elements !== undefined)
    kept.elements = without(functions.elements, (name) => ownValue(bindings, name)?.elements);
  if (functions.fill !== undefined)
    kept.fill = without(functions.fill, (name) => ownValue(bindings, name)?.fill);
  if (functions.set !== undefined) kept.set = without(functions.set, (path) => ownValue(values, path));
  return kept;
}

type Said = Sourced<unknown> | null | undefined;

function isOverridden(said: Said): boolean {
  return said !== null && said !== undefined && overridesModule(said.from);
}

function without<T>(
  record: Readonly<Record<string, T>>,
  saidOf: (name: string) => Said,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !isOverridden(saidOf(name))));
}
