import { describe, expect, it } from 'vitest';
import { array, binding, block, defined, kernelOf, messageOf, said } from './interfaces.ts';

const CONVENTION = { kind: 'convention', place: null };
const PRAGMA = { kind: 'pragma', place: 'my.comp:4' };

describe('defineShader()', () => {
  it('assumes everything of a shader that says nothing', () => {
    const bindings = [array('x', 'float', { use: 'read' }), array('y', 'float', { use: 'write' })];
    const definition = defined(kernelOf({ bindings }));
    expect(definition).toMatchObject({
      name: { value: 'my' },
      summary: { value: 'my.comp, main()', from: CONVENTION },
      kind: { value: 'throughput', from: CONVENTION },
      entryPoint: { value: 'main', from: { kind: 'shader' } },
      size: { value: { of: 'items', along: [{ text: 'n' }] }, from: CONVENTION },
      flops: null,
      bytes: null,
      requires: [],
      axes: { n: { value: [2 ** 21], from: CONVENTION } },
      bindings: {
        x: { elements: { value: [{ text: 'n' }] }, fill: { value: { kind: 'random' } }, expect: null },
        y: {
          fill: { value: { kind: 'zero' } },
          expect: { value: { what: { kind: 'itself' }, tolerance: 0 } },
        },
      },
    });
    // It must survive being sent to another process.
    expect(JSON.parse(JSON.stringify(definition))).toEqual(definition);
  });

  it('takes the last word of each key, with its place', () => {
    const definition = defined(kernelOf(), [
      'items n',
      'groups 7',
      'flops 2',
      said('suite file', 'flops 3', 'kind latency', 'name other', 'summary Another.'),
      'bytes 5',
      'requires shaderFloat64',
      'requires shaderInt64',
      'axis n = 64',
    ]);
    expect(definition.size).toMatchObject({ value: { of: 'groups', along: [{ text: '7' }] }, from: PRAGMA });
    expect(definition.flops).toMatchObject({ value: { text: '3' }, from: { kind: 'suite file' } });
    expect(definition.bytes).toMatchObject({ value: { text: '5' }, from: PRAGMA });
    expect([definition.kind.value, definition.name.value, definition.summary.value]).toEqual([
      'latency',
      'other',
      'Another.',
    ]);
    expect(definition.requires.map(({ value }) => value)).toEqual(['shaderFloat64', 'shaderInt64']);
  });

  it('lets statements about a binding replace what is assumed of it', () => {
    const { bindings } = defined(kernelOf(), ['elements y = 8', 'fill y = index', 'expect y = i', 'items 8']);
    expect(bindings.y).toMatchObject({
      elements: { value: [{ text: '8' }], from: PRAGMA },
      fill: { value: { kind: 'index' }, from: PRAGMA },
      expect: { value: { what: { kind: 'number' } }, from: PRAGMA },
    });
  });

  it('refuses a shader that writes nothing, because nothing could be checked', () => {
    const bindings = [
      array('x', 'float', { use: 'read' }),
      block('u', 'a:float', { kind: 'uniform', use: 'read' }),
    ];
    expect(messageOf(() => defined(kernelOf({ bindings })))).toBe(
      'Cannot benchmark my.comp: it writes to no binding, so nothing can be checked; write a result to a storage buffer; its bindings: x, u',
    );
    expect(messageOf(() => defined(kernelOf({ bindings: [] })))).toContain('its bindings: none');
    expect(messageOf(() => defined(kernelOf({ bindings: [binding('y', { use: 'none' })] })))).toContain(
      'writes to no binding',
    );
  });
});
