import { describe, expect, it } from 'vitest';
import { parseModule } from '../../src/shader/parse-module.ts';
import { memberNameOf, nameOf } from '../../src/shader/spirv-module.ts';
import { assemble, assembleKernel, type Line, MAIN } from './assemble.ts';

describe('parseModule()', () => {
  it('gathers entry points, modes, names and variables', () => {
    const module = parseModule(
      assembleKernel([
        [5, 9, 'block'],
        [6, 9, 1, 'second'],
        [5, 10, ''],
        [59, 20, 21, 12],
      ]),
    );
    expect(module.entryPoints).toEqual([{ model: 5, functionId: 1, name: 'main', interfaceIds: [] }]);
    expect(module.executionModes).toEqual([{ functionId: 1, mode: 17, ids: false, operands: [1, 1, 1] }]);
    expect(nameOf(module, 9)).toBe('block');
    expect(nameOf(module, 10)).toBeNull();
    expect(memberNameOf(module, 9, 1)).toBe('second');
    expect(memberNameOf(module, 9, 0)).toBeNull();
    expect(module.variables).toEqual([{ id: 21, typeId: 20, storageClass: 12 }]);
  });

  it.each<[string, (index: number) => Line]>([
    ['capabilities', (index) => [17, index]],
    ['extensions', (index) => [10, `SPV_${index}`]],
  ])('refuses more %s than there are, which all would be shown', (what, line) => {
    const module = assemble([...Array.from({ length: 1025 }, (_, index) => line(index)), ...MAIN]);
    expect(() => parseModule(module)).toThrow(`it has more than 1024 ${what}`);
  });

  it('takes no declaration from after the first function, whatever follows', () => {
    const bytes = assemble([[17, 1], ...MAIN, [21]]);
    expect([...parseModule(bytes).capabilities]).toEqual([1]);
  });

  it.each<[string, readonly Line[]]>([
    ['the module ends inside a function', [[54, 2, 1, 0, 3]]],
    ['the function %1 has no end', [[54, 2, 1, 0, 3], ...MAIN]],
    ['no function ends at word 5', [[56]]],
    ['the id %1 is declared twice', [...MAIN, ...MAIN]],
    ['the id %100000 is not below the bound in the header, 100000', [[19, 100_000]]],
    ['the id %0 is not below', [[19, 0]]],
    ['the name of an extension is no identifier', [[10, 'SPV\u0007']]],
    ['it has untyped pointers', [[4418, 5, 6, 12]]],
    ['it has decoration groups', [[74, 5, 6]]],
  ])('refuses: %s', (state, lines) => {
    expect(() => parseModule(assemble(lines))).toThrow(`Cannot reflect shader: ${state}`);
  });

  it('refuses a module without a function', () => {
    expect(() => parseModule(assemble([[17, 1]]))).toThrow(
      'Cannot reflect shader: the module has no function',
    );
  });
});
