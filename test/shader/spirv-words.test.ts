import { describe, expect, it } from 'vitest';
import {
  literalString,
  operand,
  spirvInstructions,
  spirvVersion,
  spirvWords,
} from '../../src/shader/spirv-words.ts';
import { assemble } from './assemble.ts';

const instructionsOf = (bytes: Uint8Array) => [...spirvInstructions(spirvWords(bytes))];

describe('spirvWords()', () => {
  it('accepts a module at any alignment', () => {
    const module = assemble([[17, 1]]);
    const shifted = new Uint8Array(module.length + 1);
    shifted.set(module, 1);
    expect([...spirvWords(shifted.subarray(1))]).toEqual([...spirvWords(module)]);
  });

  it.each([
    ['nothing', new Uint8Array(), 'the file is empty'],
    ['half a word', Uint8Array.of(3, 2), 'the file does not start as a SPIR-V module'],
    ['a word and a half', Uint8Array.of(3, 2, 35, 7, 0, 1), 'its length of 6 bytes is not a multiple of 4'],
    ['GLSL', new TextEncoder().encode('#version 450'), 'the file does not start as a SPIR-V module'],
    ['the other byte order', Uint8Array.of(7, 0x23, 2, 3), 'the module has the other byte order'],
    ['half a header', assemble([]).subarray(0, 12), 'the module ends inside its header'],
  ])('refuses %s', (_, bytes, state) => {
    expect(() => spirvWords(bytes)).toThrow(`Cannot reflect shader: ${state}`);
  });
});

describe('spirvVersion()', () => {
  it('reads major and minor version', () => {
    expect(spirvVersion(spirvWords(assemble([], 0x0001_0600)))).toBe('1.6');
  });
});

describe('spirvInstructions()', () => {
  it('gives opcodes, operands and places', () => {
    const [first, second] = instructionsOf(
      assemble([
        [17, 1],
        [22, 6, 32],
      ]),
    );
    expect(first).toMatchObject({ opcode: 17, at: 5 });
    expect(second).toMatchObject({ opcode: 22, at: 7 });
    expect([...(second?.operands ?? [])]).toEqual([6, 32]);
  });

  it('refuses an instruction of length 0 instead of going round for ever', () => {
    const words = Uint32Array.from([...spirvWords(assemble([])), 17]);
    expect(() => [...spirvInstructions(words)]).toThrow('the instruction at word 5 has length 0');
  });

  it('refuses an instruction beyond the end', () => {
    const words = spirvWords(assemble([[17, 1]])).subarray(0, 6);
    expect(() => [...spirvInstructions(words)]).toThrow('the module ends inside the instruction at word 5');
  });
});

describe('operand()', () => {
  it('refuses an operand that is not there', () => {
    const [instruction] = instructionsOf(assemble([[17, 1]]));
    if (instruction === undefined) throw new Error('no instruction');
    expect(() => operand(instruction, 1)).toThrow('the instruction 17 at word 5 lacks operand 2');
  });
});

describe('literalString()', () => {
  it.each(['', 'abc', 'abcd', 'größe'])('reads %j and finds what follows', (text) => {
    const [instruction] = instructionsOf(assemble([[5, 9, text, 77]]));
    if (instruction === undefined) throw new Error('no instruction');
    const read = literalString(instruction, 1);
    expect(read.text).toBe(text);
    expect(operand(instruction, read.next)).toBe(77);
  });

  it('refuses a string that does not end', () => {
    const [instruction] = instructionsOf(assemble([[5, 9, 0x61616161]]));
    if (instruction === undefined) throw new Error('no instruction');
    expect(() => literalString(instruction, 1)).toThrow('lacks operand 3');
  });
});
