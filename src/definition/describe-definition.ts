// A definition in words, for people and for JSON: nothing that decides what runs is left out, and every value says where
// it came from. Pure; knows no device.

import { ownValue } from '../base/own-value.ts';
import { constantName } from '../shader/constant-name.ts';
import type { BindingInterface, KernelInterface } from '../shader/kernel-interface.ts';
import { CONVENTION } from './conventions.ts';
import type { BindingDefinition, Expected, Fill, ShaderDefinition, Sourced } from './definition.ts';
import { describeConstants, describeMembers } from './describe-members.ts';
import type {
  BindingDescription,
  DefinitionDescription,
  ReferenceDescription,
  ShaderDescription,
  Stated,
} from './description.ts';
import type { Expandable } from './expand-definition.ts';
import type { Expression } from './expression.ts';
import { fromModule } from './module-origin.ts';

/** Describes a definition. */
export function describeDefinition(expandable: Expandable): DefinitionDescription {
  const { definition, kernel, functions } = expandable;
  const { name, summary, kind, flops, bytes, requires, reference } = definition;
  const byFunction = (key: 'flops' | 'bytes' | 'verify'): Stated | undefined =>
    functions[key] === undefined ? undefined : fromModule(definition, `${key}()`);
  return {
    name: stated(name),
    summary: stated(summary),
    kind: stated(kind),
    shader: describeShader(definition, kernel),
    axes: Object.entries(definition.axes).map(([axis, { value, from }]) => ({
      name: axis,
      values: value,
      from,
    })),
    bindings: kernel.bindings.map((binding) => describeBinding(expandable, binding)),
    members: describeMembers(expandable),
    constants: describeConstants(kernel, definition.axes),
    size: describeSize(expandable),
    flops: byFunction('flops') ?? (flops === null ? null : { text: flops.value.text, from: flops.from }),
    bytes:
      byFunction('bytes') ??
      (bytes === null ? CONVENTIONAL_BYTES : { text: bytes.value.text, from: bytes.from }),
    requires: requires.map(stated),
    verify: byFunction('verify') ?? null,
    reference: reference === null ? null : describeReference(reference),
  };
}

const CONVENTIONAL_BYTES: Stated = {
  text: 'what the storage bindings hold, once for each direction of their use',
  from: CONVENTION,
};

function stated({ value, from }: Sourced<string>): Stated {
  return { text: value, from };
}

function describeShader(definition: ShaderDefinition, kernel: KernelInterface): ShaderDescription {
  const { path, language, compiler, targetEnvironment, sourceSha256, spirvSha256, entryPoint, spirv } =
    definition;
  const { spirvVersion, capabilities, extensions, sharedBytes, localSize, constants } = kernel;
  return {
    path,
    language,
    entryPoint: stated(entryPoint),
    compiler,
    targetEnvironment,
    spirvVersion,
    spirvBytes: Buffer.from(spirv, 'base64').byteLength,
    sourceSha256,
    spirvSha256,
    capabilities,
    extensions,
    sharedBytes,
    localSize: localSize.map(({ value, constantId }) => {
      const constant = constants.find(({ id }) => id === constantId);
      return { value, constant: constant === undefined ? null : constantName(constant) };
    }),
  };
}

function describeBinding(
  { definition, functions }: Expandable,
  binding: BindingInterface,
): BindingDescription {
  const { name, set, blockName, kind, access, use, image, headerBytes, element, elementBytes, elementCount } =
    binding;
  const said = definition.bindings[name] as BindingDefinition;
  const byFunction = ownValue(functions.fill, name);
  const fill =
    typeof byFunction === 'string'
      ? { ...fromModule(definition, byFunction) }
      : fromModule(definition, `fill.${name}()`);
  const elements =
    said.elements === null ? null : { text: listText(said.elements.value), from: said.elements.from };
  return {
    ...{ name, set, binding: binding.binding, blockName, kind, access, use, image },
    ...{ headerBytes, element, elementBytes, elementCount },
    elements:
      ownValue(functions.elements, name) === undefined
        ? elements
        : fromModule(definition, `elements.${name}()`),
    fill: byFunction === undefined ? { text: fillText(said.fill.value), from: said.fill.from } : fill,
    expect: said.expect === null ? null : { text: expectText(said.expect.value), from: said.expect.from },
  };
}

function listText(expressions: readonly Expression[]): string {
  return expressions.map(({ text }) => text).join(', ');
}

function fillText(fill: Fill): string {
  switch (fill.kind) {
    case 'random':
      return fill.seed === null ? 'random' : `random ${fill.seed}`;
    case 'number':
      return fill.value.text;
    case 'file':
      return `file "${fill.path}"`;
    default:
      return fill.kind;
  }
}

function expectText({ what, tolerance }: Expected): string {
  return tolerance === 0 ? expectedText(what) : `${expectedText(what)} within ${tolerance}`;
}

function expectedText(what: Expected['what']): string {
  switch (what.kind) {
    case 'number':
      return what.value.text;
    case 'file':
      return `file "${what.path}"`;
    case 'binding':
      return `equal to ${what.name}`;
    default:
      return what.kind;
  }
}

function describeSize({ definition, functions }: Expandable): DefinitionDescription['size'] {
  if (functions.groups !== undefined) return { of: 'groups', ...fromModule(definition, 'groups()') };
  if (functions.items !== undefined) return { of: 'items', ...fromModule(definition, 'items()') };
  const { value, from } = definition.size;
  return { of: value.of, text: listText(value.along), from };
}

function describeReference({
  value,
  from,
}: NonNullable<ShaderDefinition['reference']>): ReferenceDescription {
  const { definition, tolerance } = value;
  const { path, entryPoint, spirvSha256 } = definition;
  return { path, entryPoint: entryPoint.value, spirvSha256, tolerance, from };
}
