import { describe, expect, it } from 'vitest';
import { describeDefinition } from '../../src/definition/describe-definition.ts';
import { parseStatement } from '../../src/definition/statement.ts';
import { array, block, defined, kernelOf } from './interfaces.ts';
import { floats, SAMPLE_STATEMENTS, said, sampleExpandable } from './sample-definition.ts';

describe('describeDefinition()', () => {
  it('writes every value as a pragma would, so that it can be read again', () => {
    const texts = [
      'fill x = index',
      'fill x = random 7',
      'fill x = i / 2',
      'fill x = file "/tmp/x.bin"',
      'expect y = 3 within 0.001',
      'expect y = equal to x',
      'expect y = file "/tmp/y.bin" within 0.5',
      'expect y = itself',
    ];
    for (const text of texts) {
      const { bindings } = describeDefinition(
        sampleExpandable([...SAMPLE_STATEMENTS, said(text, '--pragma')]),
      );
      const [key, name] = text.split(' ') as ['fill' | 'expect', string];
      const stated = bindings.find((binding) => binding.name === name)?.[key];
      expect(stated?.from.place).toBe('--pragma');
      expect(parseStatement(`${key} ${name} = ${stated?.text}`, '/', 'again')).toEqual(
        parseStatement(text, '/', ''),
      );
    }
  });

  it('describes a shader of thousands of members in a time that grows with their number', () => {
    const count = 30_000;
    const kernel = kernelOf({
      bindings: [
        array('y', 'float'),
        block('u', Array.from({ length: count }, (_, i) => `m${i}:float`).join()),
      ],
    });
    const begin = performance.now();
    const { members } = describeDefinition({ definition: defined(kernel), kernel, functions: {} });
    expect(members).toHaveLength(count);
    expect(performance.now() - begin).toBeLessThan(5000);
  });

  it('names the functions of a module that take the place of what is said', () => {
    const functions = {
      groups: () => [1, 1, 1],
      flops: () => 1,
      bytes: () => 1,
      elements: { x: () => 4 },
      fill: { x: 'random' as const, y: () => {} },
      set: { a: () => 3 },
      verify: () => ({ passed: true, compared: 1 }) as never,
    };
    const described = describeDefinition(sampleExpandable(SAMPLE_STATEMENTS, {}, functions));
    const from = { kind: 'module', place: 'saxpy.mjs' };
    expect(described.size).toEqual({ of: 'groups', text: 'groups()', from });
    expect([described.flops?.text, described.bytes.text, described.verify?.text]).toEqual([
      'flops()',
      'bytes()',
      'verify()',
    ]);
    const [x, y] = described.bindings;
    expect([x?.elements, x?.fill, y?.fill].map((one) => [one?.text, one?.from])).toEqual([
      ['elements.x()', from],
      ['random', from],
      ['fill.y()', from],
    ]);
    expect(described.members.find(({ name }) => name === 'a')?.value).toEqual({ text: 'set.a()', from });
  });

  it('lists a member once for each value that its parts get, and an element of a fixed array that is set', () => {
    const block = {
      ...floats('table', 2, 'read'),
      kind: 'uniform' as const,
      elementCount: 4,
      headerBytes: 16,
      headerScalars: ['color.x', 'color.y'].map((name, index) => ({
        name,
        type: 'float' as const,
        offset: 4 * index,
      })),
    };
    const statements = [
      said('set color.x = 1', 'a'),
      said('set color.y = 2', 'b'),
      said('set table[1] = 5', 'c'),
    ];
    const kernel = { bindings: [floats('x', 0, 'read'), floats('y', 1, 'read-write'), block] };
    const { members } = describeDefinition(sampleExpandable([...SAMPLE_STATEMENTS, ...statements], kernel));
    expect(members.slice(2).map(({ name, offset, value }) => [name, offset, value?.text])).toEqual([
      ['color.x', 0, '1'],
      ['color.y', 4, '2'],
      ['table[1]', 20, '5'],
    ]);
  });

  it('says of a constant whether an axis sets it', () => {
    const constants = [
      { id: 0, name: 'WORKGROUP_SIZE', type: 'uint' as const, bytes: 4, default: 256 },
      { id: 7, name: null, type: 'uint64' as const, bytes: 8, default: 2n ** 60n },
    ];
    const { constants: described } = describeDefinition(sampleExpandable(SAMPLE_STATEMENTS, { constants }));
    expect(described.map(({ axis, default: initial }) => [axis, initial])).toEqual([
      ['WORKGROUP_SIZE', '256'],
      [null, '1152921504606846976'],
    ]);
  });
});
