import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Expandable } from '../../src/definition/expand-definition.ts';
import type { ModuleFunctions } from '../../src/definition/module-functions.ts';
import { repeatableOutputs, verifyOutputs } from '../../src/definition/verify-outputs.ts';
import type { Elements, VerifyContext } from '../../src/suite/benchmark.ts';
import { array, binding, defined, kernelOf, messageOf, said } from './interfaces.ts';

const folder = mkdtempSync(join(tmpdir(), 'guestmark-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const kernel = kernelOf({
  bindings: [
    array('x', 'float', { use: 'read' }),
    binding('y', { use: 'write' }),
    array('z', 'float', { use: 'write' }),
  ],
});
const axes = { n: 4 };

function expandable(
  statements: Parameters<typeof defined>[1] = [],
  functions: ModuleFunctions = {},
  tolerance: number | null = null,
): Expandable {
  const definition = defined(kernel, ['axis n = 4', ...(statements ?? [])]);
  const from = { kind: 'command line', place: '--reference' } as const;
  const reference = tolerance === null ? null : { value: { definition: defined(kernel), tolerance }, from };
  return { definition: { ...definition, reference }, kernel, functions };
}

function context(y: readonly number[], parts: Partial<VerifyContext> = {}): VerifyContext {
  const outputs = { x: new Float32Array(4), y: Float32Array.from(y), z: Float32Array.of(1, 2, 3, 4) };
  return { inputs: outputs, outputs, iterations: 1, first: null, reference: null, ...parts };
}

const verified = (one: Expandable, y: readonly number[], parts: Partial<VerifyContext> = {}) =>
  verifyOutputs(one, axes, context(y, parts));
const withY = (...y: number[]): Readonly<Record<string, Elements>> => ({ ...context(y).outputs });

describe('verifyOutputs()', () => {
  it.each([
    ['expect y = 3', [3, 3, 3, 3], true],
    ['expect y = 3', [3, 3, 3.5, 3], false],
    ['expect y = 3 within 0.2', [3, 3, 3.5, 3], true],
    ['expect y = n * i', [0, 4, 8, 12], true],
    ['expect y = n * i', [0, 4, 8, 13], false],
    ['expect y = 3', [3, Number.NaN, 3, 3], false],
    ['expect y = equal to z', [1, 2, 3, 4], true],
    ['expect y = equal to z', [1, 2, 3, 4.001], false],
    ['expect y = equal to z within 1e-3', [1, 2, 3, 4.001], true],
  ])('judges %s by %j: %s', (text, y, ok) => {
    expect(verified(expandable([text]), y).ok).toBe(ok);
  });

  it('has what precedes an array repeat, where a number is expected of the array', () => {
    const headerScalars = [{ name: 'count', type: 'uint', offset: 0 }] as const;
    const header = { headerBytes: 4, headerScalars, use: 'read-write' } as const;
    const counting = kernelOf({ bindings: [array('y', 'uint', header)] });
    const one: Expandable = {
      definition: defined(counting, ['axis n = 2', 'expect y = 7']),
      kernel: counting,
      functions: {},
    };
    const output = (count: number) => ({ y: new Uint8Array(Uint32Array.of(count, 7, 7).buffer) });
    const judged = (count: number, first: VerifyContext['first']) =>
      verifyOutputs(one, { n: 2 }, { ...context([]), outputs: output(count), first });
    expect(judged(5, null)).toEqual({ ok: true, checked: 2 });
    expect(judged(5, output(5))).toEqual({ ok: true, checked: 3 });
    expect(judged(6, output(5))).toMatchObject({
      ok: false,
      first: { what: 'y.count', actual: 6, expected: 5 },
    });
  });

  it('judges by the bytes of a file', () => {
    const path = join(folder, 'y.bin');
    writeFileSync(path, new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer));
    expect(verified(expandable([`expect y = file "${path}"`]), [1, 2, 3, 4])).toEqual({
      ok: true,
      checked: 8,
    });
    expect(verified(expandable([`expect y = file "${path}"`]), [1, 2, 3, 5])).toMatchObject({
      ok: false,
      mismatches: 1,
    });
    writeFileSync(path, new Uint8Array(12));
    expect(messageOf(() => verified(expandable([`expect y = file "${path}"`]), [1, 2, 3, 4]))).toContain(
      'it has 12 bytes, the binding 16',
    );
  });

  it('judges what must repeat by the first output', () => {
    const one = expandable();
    expect(verified(one, [1, 2, 3, 4])).toEqual({ ok: true, checked: 8 });
    expect(verified(one, [Number.NaN, 2, 3, 4], { first: withY(Number.NaN, 2, 3, 4) }).ok).toBe(true);
    expect(verified(one, [1, 2, 3, 4], { first: withY(1, 2, 3, 4.5) }).ok).toBe(false);
    expect(
      verified(expandable(['expect y = itself within 0.2']), [1, 2, 3, 4], { first: withY(1, 2, 3, 4.5) }).ok,
    ).toBe(true);
  });

  it('judges by another kernel within its tolerance, and by what else is said', () => {
    const reference = withY(1, 2, 3, 4);
    expect(verified(expandable([], {}, 0), [1, 2, 3, 4], { reference }).ok).toBe(true);
    expect(verified(expandable([], {}, 0), [1, 2, 3, 4.01], { reference }).ok).toBe(false);
    // What is near enough to the reference need not repeat.
    const first = withY(1, 2, 3, 3.99);
    expect(verified(expandable([], {}, 0.01), [1, 2, 3, 4.01], { reference, first }).ok).toBe(true);
    expect(
      verified(expandable(['expect y = itself'], {}, 0.01), [1, 2, 3, 4.01], { reference, first }).ok,
    ).toBe(false);
    expect(verified(expandable(['expect y = i'], {}, 0.01), [1, 2, 3, 4], { reference }).ok).toBe(false);
    expect(messageOf(() => verified(expandable([], {}, 0), [1, 2, 3, 4]))).toContain(
      'Cannot compare "y" with the reference',
    );
  });

  it('asks a module, and beside it only what is said outside of the module', () => {
    const verify = () => ({ ok: true, checked: 1 }) as const;
    expect(verified(expandable(['expect y = 3'], { verify }), [0, 0, 0, 0])).toEqual({
      ok: true,
      checked: 1,
    });
    const outside = expandable([said('command line', 'expect y = 3')], { verify });
    expect(verified(outside, [0, 0, 0, 0]).ok).toBe(false);
    expect(verified(outside, [3, 3, 3, 3])).toEqual({ ok: true, checked: 5 });
  });

  it('says that outputs of different sizes cannot be equal', () => {
    const one = expandable(['elements z = 2 * n', 'expect y = equal to z']);
    const outputs = { ...context([1, 2, 3, 4]).outputs, z: new Float32Array(8) };
    expect(messageOf(() => verified(one, [], { outputs }))).toBe(
      'Cannot compare "y" with "z": 16 bytes and 32 bytes; compare outputs of the same size',
    );
  });
});

describe('repeatableOutputs()', () => {
  it('are those of which nothing else is known', () => {
    expect(repeatableOutputs(expandable())).toEqual(['y', 'z']);
    expect(repeatableOutputs(expandable(['expect y = 3']))).toEqual(['z']);
    expect(repeatableOutputs(expandable(['expect y = itself within 0.1']))).toEqual(['z']);
    expect(repeatableOutputs(expandable([], { verify: () => ({ ok: true, checked: 1 }) }))).toEqual([]);
    expect(repeatableOutputs(expandable(['expect y = itself'], {}, 0))).toEqual(['y']);
  });
});
