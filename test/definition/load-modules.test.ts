import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { functionsOf, shaderExports, statementsOf } from '../../src/definition/load-modules.ts';
import { rejectionText } from './error-text.ts';
import { defined, kernelOf, messageOf, said } from './interfaces.ts';
import { folderOf } from './temporary-folder.ts';

const moduleOf = (text: string): string => pathToFileURL(join(folderOf({ 'x.mjs': text }), 'x.mjs')).href;

describe('shaderExports()', () => {
  it('gives the benchmarks of shaders among what a module exports', async () => {
    const url = moduleOf(
      "export default [{ name: 'plain' }, { shader: 'a.comp' }, 3, { shader: 'b.comp' }];",
    );
    const found = await shaderExports(url);
    expect(found.map(({ module, benchmark }) => [module.index, benchmark.shader])).toEqual([
      [1, 'a.comp'],
      [3, 'b.comp'],
    ]);
  });

  it.each([
    ["export default { shader: 'a.comp', flop: 1 };", 'an export is no benchmark ("flop" is no part of it'],
    ['export const x = 1;', 'it has no default export'],
    ["throw new Error('no luck');", 'no luck'],
  ])('refuses %s', async (text, state) => {
    expect(await rejectionText(shaderExports(moduleOf(text)))).toContain(state);
  });
});

describe('statementsOf() and functionsOf()', () => {
  it('say what a module says, with placeholders where a function has the values', async () => {
    const url = moduleOf(`export default {
      shader: 'a.comp', name: 'a', summary: 'A.', kind: 'latency', axes: { n: [4, 8] },
      items: ({ n }) => n, elements: { y: ({ n }) => 2 * n }, fill: { y: (into) => into.fill(1) }, flops: () => 5,
    };`);
    const [one] = await shaderExports(url);
    if (one === undefined) throw new Error('there is none');
    const definition = defined(kernelOf(), [statementsOf(one), said('suite file', 'flops 3')], one.module);
    expect(definition).toMatchObject({
      name: { value: 'a', from: { kind: 'module' } },
      kind: { value: 'latency' },
      axes: { n: { value: [4, 8] } },
      size: { value: { of: 'items', along: [] }, from: { kind: 'module' } },
      bindings: { y: { elements: { value: [] }, fill: { from: { kind: 'module' } } } },
    });
    expect(Object.keys(definition.axes)).toEqual(['n']);
    const functions = await functionsOf(definition);
    expect([functions.items?.({ n: 4 }), functions.elements?.y?.({ n: 4 }), functions.flops]).toEqual([
      4,
      8,
      undefined,
    ]);
  });

  it('find a misspelt binding', async () => {
    const [one] = await shaderExports(moduleOf("export default { shader: 'a.comp', fill: { w: 'zero' } };"));
    expect(messageOf(() => defined(kernelOf(), [one === undefined ? [] : statementsOf(one)]))).toContain(
      'it has no binding "w"; it has y',
    );
  });

  it('say that a module no longer exports a benchmark', async () => {
    const url = moduleOf("export default { shader: 'a.comp' };");
    const definition = defined(kernelOf(), [], { url, index: 1 });
    expect(await rejectionText(functionsOf(definition))).toContain('no longer exports it');
    expect(await functionsOf(defined(kernelOf()))).toEqual({});
  });
});
