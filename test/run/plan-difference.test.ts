import { describe, expect, it } from 'vitest';
import type { ShaderRecord } from '../../src/report/report-origin.ts';
import { type Plan, planDifference } from '../../src/run/plan-difference.ts';
import { caseResult } from '../report/sample-report.ts';

const SHADER: ShaderRecord = {
  benchmark: 'own',
  path: 'own.comp',
  language: 'glsl',
  entryPoint: 'main',
  sourceSha256: 'a',
  spirvSha256: 'b',
  targetEnvironment: null,
  compiler: 'glslang 1',
  definitionSha256: 'c',
};
const CASE = caseResult();
const PLAN: Plan = { shaders: [SHADER], modules: [{ file: 'own.mjs', sha256: 'd' }], results: [CASE] };
const now = (changes: Partial<Plan>): string | null => planDifference(PLAN, { ...PLAN, ...changes });
const shader = (changes: Partial<ShaderRecord>): string | null =>
  now({ shaders: [{ ...SHADER, ...changes }] });

describe('planDifference()', () => {
  it('accepts the same, whatever was measured of it', () => {
    expect(
      now({ results: [{ ...CASE, metrics: [], runs: [], status: 'pending' } as typeof CASE] }),
    ).toBeNull();
    expect(shader({ compiler: 'glslang 2' })).toBeNull();
  });

  it.each([
    ['the source of own.comp has changed', shader({ sourceSha256: 'x', spirvSha256: 'x' })],
    [
      'the compiled form of own.comp has changed (glslang 2, before glslang 1)',
      shader({ spirvSha256: 'x', compiler: 'glslang 2' }),
    ],
    ['what is said of own.comp, in a suite file or a module, has changed', shader({ definitionSha256: 'x' })],
    ['the shader of own is gone', now({ shaders: [] })],
    ['the shader of new is new', now({ shaders: [SHADER, { ...SHADER, benchmark: 'new' }] })],
    ['the module own.mjs has changed', now({ modules: [{ file: 'own.mjs', sha256: 'x' }] })],
    ['there are 0 modules and were 1', now({ modules: [] })],
    [`the case ${CASE.id} is gone`, now({ results: [] })],
    ['the case other is not in it', now({ results: [CASE, { ...CASE, id: 'other' }] })],
    [`the benchmark of ${CASE.id} has changed`, now({ results: [{ ...CASE, bytes: 1 }] })],
  ])('says that %s', (difference, told) => {
    expect(told).toBe(difference);
  });
});
