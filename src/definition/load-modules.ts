// The benchmarks of shaders that modules export. A module is loaded where it is planned and again where it is measured:
// its functions cannot be sent.
import { fileURLToPath } from 'node:url';
import { GuestmarkError } from '../base/errors.ts';
import { importExports } from '../suite/load.ts';
import type { Fill, Origin, ShaderDefinition } from './definition.ts';
import { functionsInForce } from './functions-in-force.ts';
import type { ModuleFunctions } from './module-functions.ts';
import type { PlacedStatement } from './placed-statement.ts';
import { isShaderBenchmark, type ShaderBenchmark, shaderBenchmarkProblem } from './shader-benchmark.ts';
import type { Statement } from './statement.ts';

/** A benchmark of a shader and where it is exported. */
export interface ModuleExport {
  readonly module: NonNullable<ShaderDefinition['module']>;
  readonly benchmark: ShaderBenchmark;
}

/**
 * The shader benchmarks that a module exports.
 *
 * @throws GuestmarkError (usage) as `importExports`, and for one of a wrong shape.
 */
export async function shaderExports(url: string): Promise<readonly ModuleExport[]> {
  const exported = await importExports(url);
  return exported.flatMap((value, index) => {
    if (!isShaderBenchmark(value)) return [];
    const problem = shaderBenchmarkProblem(value);
    if (problem === null) return [{ module: { url, index }, benchmark: value }];
    throw new GuestmarkError(
      'usage',
      `Cannot load benchmarks from ${url}: an export is no benchmark (${problem})`,
      {
        hint: 'export default defineBenchmark({ shader: … })',
      },
    );
  });
}

/** The functions that belong to a definition and are in force. */
export async function functionsOf(definition: ShaderDefinition): Promise<ModuleFunctions> {
  const { module, path } = definition;
  if (module === null) return {};
  const found = (await shaderExports(module.url)).find((one) => one.module.index === module.index);
  if (found !== undefined) return functionsInForce(definition, found.benchmark);
  throw new GuestmarkError(
    'usage',
    `Cannot load the benchmark of ${path}: ${module.url} no longer exports it`,
  );
}

/** What a module says as statements; a function leaves its place without an expression. */
export function statementsOf({ module, benchmark }: ModuleExport): readonly PlacedStatement[] {
  const { axes = {}, name, summary, kind, entryPoint, elements = {}, fill = {}, set = {} } = benchmark;
  const { items, groups } = benchmark;
  const sized = items !== undefined ? 'items' : groups !== undefined ? 'groups' : null;
  const statements: readonly (Statement | null)[] = [
    ...Object.entries(axes).map(([axis, values]): Statement => ({ key: 'axis', name: axis, values })),
    name === undefined ? null : { key: 'name', text: name },
    summary === undefined ? null : { key: 'summary', text: summary },
    kind === undefined ? null : { key: 'kind', kind },
    entryPoint === undefined ? null : { key: 'entry', text: entryPoint },
    ...Object.keys(elements).map((binding): Statement => ({ key: 'elements', name: binding, values: [] })),
    ...Object.entries(fill).map(
      ([binding, value]): Statement => ({ key: 'fill', name: binding, fill: plainFill(value) }),
    ),
    ...Object.keys(set).map((member): Statement => ({ key: 'set', name: member, values: [] })),
    sized === null ? null : { key: sized, values: [] },
  ];
  const from: Origin = { kind: 'module', place: fileURLToPath(module.url) };
  return statements.flatMap((statement) => (statement === null ? [] : [{ statement, from }]));
}

/** In place of a function's contents stands something that no definition is refused for. */
function plainFill(fill: NonNullable<ModuleFunctions['fill']>[string]): Fill {
  return fill === 'random' ? { kind: 'random', seed: null } : { kind: 'zero' };
}
