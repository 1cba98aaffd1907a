// From a loaded shader and what is said about it to a definition, with the place of every value. The order of precedence
// is that of the statements: later ones win. Pure; knows neither a device nor where statements come from.
import { GuestmarkError } from '../base/errors.ts';
import type { KernelInterface } from '../shader/kernel-interface.ts';
import type { LoadedShader } from '../shader/loaded-shader.ts';
import { checkStatement } from './check-statement.ts';
import { chooseAxes } from './choose-axes.ts';
import { CONVENTION, conventionalSize } from './conventions.ts';
import { bindingDefinitions } from './define-bindings.ts';
import type { Origin, ReferenceDefinition, ShaderDefinition, Sourced } from './definition.ts';
import type { Expression } from './expression.ts';
import type { PlacedStatement } from './placed-statement.ts';
import type { Statement, StatementOf } from './statement.ts';

/** What a definition is made of. */
export interface DefinitionParts {
  readonly shader: LoadedShader;
  readonly kernel: KernelInterface;
  /** Name without a statement. */
  readonly name: Sourced<string>;
  readonly statements: readonly PlacedStatement[];
  /** Whether no output needs an expectation, because a module verifies. */
  readonly isVerifiedElsewhere: boolean;
  readonly module: ShaderDefinition['module'];
  readonly reference: Sourced<ReferenceDefinition> | null;
}

/**
 * Defines the benchmark of a shader.
 *
 * @throws GuestmarkError (usage) for a statement about something that the shader does not have, and for a value that it
 *   needs and nothing gives.
 */
export function defineShader(parts: DefinitionParts): ShaderDefinition {
  const { shader, kernel, statements } = parts;
  for (const placed of statements) checkStatement(kernel, shader.path, placed);
  const last = lastOf(statements);
  const summary = `${shader.path}, ${kernel.entryPoint}()`;
  const draft = {
    name: last('name', ({ text }) => text) ?? parts.name,
    summary: last('summary', ({ text }) => text) ?? { value: summary, from: CONVENTION },
    kind: last('kind', ({ kind }) => kind) ?? { value: 'throughput' as const, from: CONVENTION },
    path: shader.path,
    language: shader.language,
    entryPoint: last('entry', ({ text }) => text) ?? { value: kernel.entryPoint, from: SHADER },
    sourceSha256: shader.sourceSha256,
    spirvSha256: shader.spirvSha256,
    targetEnvironment: shader.targetEnvironment,
    compiler: shader.compiler,
    validator: shader.validator,
    spirv: Buffer.from(shader.spirv).toString('base64'),
    bindings: bindingDefinitions(kernel, statements),
    size: sizeOf(kernel, statements),
    flops: last('flops', ({ value }) => value) ?? null,
    bytes: last('bytes', ({ value }) => value) ?? null,
    requires: statements.flatMap(({ statement, from }) =>
      statement.key === 'requires' ? [{ value: statement.text, from }] : [],
    ),
    module: parts.module,
    reference: parts.reference,
  };
  requireOutput(kernel, draft.bindings, parts);
  return { ...draft, ...chooseAxes(kernel, draft, statements) };
}

const SHADER: Origin = { kind: 'shader', place: null };

/** The value of the last statement with a key. */
function lastOf(statements: readonly PlacedStatement[]) {
  return <K extends Statement['key'], T>(
    key: K,
    take: (statement: StatementOf<K>) => T,
  ): Sourced<T> | undefined => {
    const found = statements.findLast(({ statement }) => statement.key === key);
    return found === undefined
      ? undefined
      : { value: take(found.statement as StatementOf<K>), from: found.from };
  };
}

function sizeOf(kernel: KernelInterface, statements: readonly PlacedStatement[]): ShaderDefinition['size'] {
  const found = statements.findLast(
    ({ statement }) => statement.key === 'items' || statement.key === 'groups',
  );
  if (found === undefined) return { value: conventionalSize(kernel), from: CONVENTION };
  const { key, values } = found.statement as StatementOf<'items'> & {
    readonly values: readonly Expression[];
  };
  return { value: { of: key, along: values }, from: found.from };
}

/** A kernel without an output could compute anything. */
function requireOutput(
  kernel: KernelInterface,
  bindings: ShaderDefinition['bindings'],
  { shader, isVerifiedElsewhere }: DefinitionParts,
): void {
  if (isVerifiedElsewhere || Object.values(bindings).some(({ expect }) => expect !== null)) return;
  const names = kernel.bindings.map(({ name }) => name).join(', ') || 'none';
  throw new GuestmarkError(
    'usage',
    `Cannot benchmark ${shader.path}: it writes to no binding, so nothing can be checked`,
    {
      hint: `write a result to a storage buffer; its bindings: ${names}`,
    },
  );
}
