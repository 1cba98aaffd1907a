// Whether the benchmarks still are those with which a report was begun: a shader, a module or a suite file that was edited would
// mix the times of two kernels in one case. Pure.
import type { CaseResult, Report } from '../report/report.ts';
import type { ModuleRecord, ShaderRecord } from '../report/report-origin.ts';

/** What is to be run, as a report has it. */
export type Plan = Pick<Report, 'shaders' | 'modules'> & { readonly results: readonly PlannedCase[] };

/** A case by what its benchmark says of it. */
type PlannedCase = Omit<CaseResult, 'status' | 'metrics' | 'warnings' | 'thresholds' | 'runs'>;

/** `the case copy[n=4Ki] is not in it`, or null where the two are alike. */
export function planDifference(before: Plan, now: Plan): string | null {
  return (
    shaderDifference(before.shaders, now.shaders) ??
    moduleDifference(before.modules, now.modules) ??
    caseDifference(before.results, now.results)
  );
}

function shaderDifference(before: readonly ShaderRecord[], now: readonly ShaderRecord[]): string | null {
  const lost = before.find(({ benchmark }) => !now.some((one) => one.benchmark === benchmark));
  if (lost !== undefined) return `the shader of ${lost.benchmark} is gone`;
  for (const shader of now) {
    const old = before.find(({ benchmark }) => benchmark === shader.benchmark);
    if (old === undefined) return `the shader of ${shader.benchmark} is new`;
    if (old.sourceSha256 !== shader.sourceSha256) return `the source of ${shader.path} has changed`;
    if (old.spirvSha256 !== shader.spirvSha256)
      return `the compiled form of ${shader.path} has changed (${shader.compiler ?? 'no compiler'}, before ${old.compiler ?? 'no compiler'})`;
    if (old.definitionSha256 !== shader.definitionSha256)
      return `what is said of ${shader.path}, in a suite file or a module, has changed`;
  }
  return null;
}

function moduleDifference(before: readonly ModuleRecord[], now: readonly ModuleRecord[]): string | null {
  if (before.length !== now.length) return `there are ${now.length} modules and were ${before.length}`;
  const index = now.findIndex(({ sha256 }, i) => sha256 !== before[i]?.sha256);
  return index < 0 ? null : `the module ${now[index]?.file} has changed`;
}

function caseDifference(before: readonly PlannedCase[], now: readonly PlannedCase[]): string | null {
  const [old, planned] = [before, now].map((cases) => new Map(cases.map((one) => [one.id, one])));
  for (const id of old?.keys() ?? []) if (planned?.has(id) !== true) return `the case ${id} is gone`;
  for (const [id, one] of planned ?? []) {
    const earlier = old?.get(id);
    if (earlier === undefined) return `the case ${id} is not in it`;
    if (textOf(earlier) !== textOf(one)) return `the benchmark of ${id} has changed`;
  }
  return null;
}

/** What a benchmark says of a case; not what was measured of it. */
function textOf(one: PlannedCase): string {
  const { id, benchmark, axes, kind, bytes, flops, items, category, itemName } = one;
  const { showsItemTime, flopType, isRoof, fitsStartUp } = one;
  const said = { id, benchmark, kind, bytes, flops, items, category, itemName };
  const values = Object.entries(axes).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([said, values, showsItemTime, flopType, isRoof, fitsStartUp]);
}
