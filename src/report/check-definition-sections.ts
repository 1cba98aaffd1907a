// The sections of a checked definition: what the shader is, its axes, bindings, values, constants, and what it counts. Every
// value has its origin beside it. Pure.
import { formatBytes, formatQuantity } from '../base/units.ts';
import type {
  AxisDescription,
  BindingDescription,
  ConstantDescription,
  DefinitionDescription,
  MemberDescription,
  ShaderDescription,
  Stated,
} from '../definition/description.ts';
import type { CheckedDefinition } from './check-report.ts';
import type { Column, Row } from './columns.ts';
import type { Painted } from './paint.ts';

/** A table of its own. */
export interface Section {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** The sections that have something to show. */
export function definitionSections({ definition, validator }: CheckedDefinition): readonly Section[] {
  const { shader, axes, bindings, members, constants } = definition;
  return [
    { columns: [{}, { wraps: true }, {}], rows: shaderRows(shader, validator) },
    { columns: [{}, { wraps: true }, {}], rows: statementRows(definition) },
    { columns: headed('axis', 'values*', 'from'), rows: axes.map(axisRow) },
    {
      columns: headed('binding', 'at', 'kind*', 'declared', 'used', 'contents*'),
      rows: bindings.map(bindingRow),
    },
    { columns: headed('value of', 'in', 'type*', 'offset', 'value*', 'from'), rows: members.map(memberRow) },
    { columns: headed('constant', 'id', 'type', 'default', 'set by'), rows: constants.map(constantRow) },
  ].filter(({ rows }) => rows.length > 0);
}

/** Columns by their headings; one with a star may be broken into lines. */
function headed(...headings: readonly string[]): readonly Column[] {
  return headings.map((text) => ({
    heading: { text: text.replace('*', ''), style: 'heading' },
    wraps: text.endsWith('*'),
  }));
}

/** `my.comp:4`, `--axis`, `convention`, `convention: named like an axis`. */
function originText({ kind, place }: Stated['from']): string {
  if (place === null) return kind;
  return kind === 'convention' ? `${kind}: ${place}` : place;
}

function origin(from: Stated['from']): Painted {
  return { text: originText(from), style: 'quiet' };
}

function labelled(word: string, text: Painted, from?: Stated['from']): Row {
  return { cells: [{ text: word, style: 'heading' }, text, ...(from === undefined ? [] : [origin(from)])] };
}

function shaderRows(shader: ShaderDescription, validator: CheckedDefinition['validator']): readonly Row[] {
  const { path, language, entryPoint, compiler, capabilities, extensions } = shader;
  return [
    labelled('shader', `${path} (${language})`),
    labelled('entry point', entryPoint.text, entryPoint.from),
    ...(compiler === null ? [] : [labelled('compiler', compiler)]),
    labelled('module', moduleText(shader)),
    labelled('sha256', hashText(shader)),
    labelled('validated by', validatorText(validator)),
    labelled('needs', capabilities.length === 0 ? 'no capability' : capabilities.join(', ')),
    ...(extensions.length === 0 ? [] : [labelled('extensions', extensions.join(', '))]),
    labelled('local size', localSizeText(shader)),
    labelled('shared memory', sharedText(shader)),
  ];
}

function moduleText({ targetEnvironment, spirvVersion, spirvBytes }: ShaderDescription): string {
  const target = targetEnvironment === null ? '' : `, for ${targetEnvironment}`;
  return `SPIR-V ${spirvVersion}, ${spirvBytes} bytes${target}`;
}

function hashText({ sourceSha256, spirvSha256 }: ShaderDescription): string {
  const [source, spirv] = [sourceSha256, spirvSha256].map((hash) => hash.slice(0, 12));
  return source === spirv ? `SPIR-V ${spirv}` : `source ${source}, SPIR-V ${spirv}`;
}

function validatorText({ name, reason }: CheckedDefinition['validator']): Painted {
  return name ?? { text: `nothing: ${reason ?? 'nobody says why'}`, style: 'caution' };
}

function localSizeText({ localSize }: ShaderDescription): string {
  const sizes = localSize.map(({ value }) => value).join(' × ');
  const named = localSize.flatMap(({ constant }, index) =>
    constant === null ? [] : [`${'xyz'[index]} by ${constant}`],
  );
  return named.length === 0 ? sizes : `${sizes} (${named.join(', ')})`;
}

function sharedText({ sharedBytes }: ShaderDescription): string {
  if (sharedBytes === null) return 'as its constants say';
  return sharedBytes === 0 ? 'none' : formatBytes(sharedBytes);
}

function statementRows(definition: DefinitionDescription): readonly Row[] {
  const { name, summary, kind, size, flops, bytes, requires, verify, reference } = definition;
  const optional = (word: string, said: Stated | null): readonly Row[] =>
    said === null ? [] : [labelled(word, said.text, said.from)];
  return [
    labelled('name', name.text, name.from),
    labelled('summary', summary.text, summary.from),
    labelled('kind', kind.text, kind.from),
    labelled(size.of, size.text, size.from),
    ...(flops === null
      ? [labelled('flops', { text: 'not counted', style: 'quiet' })]
      : optional('flops', flops)),
    labelled('bytes', bytes.text, bytes.from),
    ...requires.flatMap((one) => optional('requires', one)),
    ...optional('verified by', verify),
    ...(reference === null ? [] : [labelled('reference', referenceText(reference), reference.from)]),
  ];
}

function referenceText({
  path,
  entryPoint,
  tolerance,
}: NonNullable<DefinitionDescription['reference']>): string {
  return `${path}, ${entryPoint}()${tolerance === 0 ? ', bit for bit' : `, within ${tolerance}`}`;
}

function axisRow({ name, values, from }: AxisDescription): Row {
  return { cells: [name, values.map(formatQuantity).join(', '), origin(from)] };
}

function bindingRow(binding: BindingDescription): Row {
  const { name, set, kind, access, use, elements, fill, expect } = binding;
  const said = (word: string, stated: Stated | null): readonly Painted[] =>
    stated === null ? [] : [{ text: `${word} ${stated.text} (${originText(stated.from)})`, style: 'quiet' }];
  return {
    cells: [name, `${set}.${binding.binding}`, kind, access, use, contentsText(binding)],
    below: [...said('elements', elements), ...said('fill', fill), ...said('expect', expect)],
  };
}

/** `float, 4 B each`, `8 B, then Particle, 32 B each`, `16 × vec4, 16 B each`, `rgba32f, 2d`. */
function contentsText({
  image,
  headerBytes,
  element,
  elementBytes,
  elementCount,
}: BindingDescription): string {
  if (image !== null) return `${image.format ?? 'no format'}, ${image.dimensions}`;
  const header = headerBytes === 0 ? [] : [formatBytes(headerBytes)];
  if (element === null) return header[0] ?? 'nothing';
  const count = elementCount === null ? '' : `${elementCount} × `;
  const array = `${count}${element}, ${elementBytes ?? 0} B each`;
  return [...header, array].join(', then ');
}

function memberRow({ binding, name, type, offset, value }: MemberDescription): Row {
  const where = binding ?? 'push constants';
  const text: Painted = value?.text ?? { text: 'as it is filled', style: 'quiet' };
  return {
    cells: [name, where, type, String(offset), text, ...(value === null ? [] : [origin(value.from)])],
  };
}

function constantRow({ id, name, type, default: initial, axis }: ConstantDescription): Row {
  const by: Painted = axis === null ? { text: 'its default', style: 'quiet' } : `axis ${axis}`;
  return { cells: [name ?? `constant${id}`, String(id), type, initial, by] };
}
