import { describe, expect, it } from 'vitest';
import { describeProblem, describeProblems, parseProblems } from '../../src/shader/compile-problems.ts';

// As glslang 12.0 printed it.
const OUTPUT = `bad.comp
WARNING: bad.comp:2: '#extension' : extension not supported: GL_nope
ERROR: ./lib/bad.glsl:1: 'q' : undeclared identifier 
ERROR: bad.comp:4: '' :  syntax error, unexpected RIGHT_BRACE, expecting COMMA or SEMICOLON
ERROR: bad.comp:4: '' : compilation terminated 
ERROR: 3 compilation errors.  No code generated.


ERROR: Linking compute stage: Missing entry point: Each stage requires one entry point

SPIR-V is not generated for failed compile or link
`;

describe('parseProblems()', () => {
  it('reads file, line and message, without what only follows from them', () => {
    expect(parseProblems(OUTPUT)).toEqual([
      { file: './lib/bad.glsl', line: 1, message: "'q' : undeclared identifier" },
      {
        file: 'bad.comp',
        line: 4,
        message: "'' :  syntax error, unexpected RIGHT_BRACE, expecting COMMA or SEMICOLON",
      },
    ]);
  });

  it('keeps a missing entry point where it is the only error', () => {
    const message = 'Linking compute stage: Missing entry point: Each stage requires one entry point';
    expect(parseProblems(`a.comp\nERROR: ${message}\n`)).toEqual([{ file: null, line: null, message }]);
  });

  it('reads a path with a drive letter and line ends of two characters', () => {
    expect(parseProblems("ERROR: C:\\shaders\\a.comp:7: 'x' : redefinition\r\n")).toEqual([
      { file: 'C:\\shaders\\a.comp', line: 7, message: "'x' : redefinition" },
    ]);
  });

  it('reads what glslc writes', () => {
    const text =
      "a.comp:3: error: 'x' : undeclared identifier\na.comp: error: no\nglslc: error: bad\n2 errors generated.\n";
    expect(parseProblems(text)).toEqual([
      { file: 'a.comp', line: 3, message: "'x' : undeclared identifier" },
      { file: null, line: null, message: 'no' },
      { file: null, line: null, message: 'bad' },
    ]);
  });

  it('finds nothing in other text', () => {
    expect(parseProblems('copy.comp\nno ERROR: here\n')).toEqual([]);
  });
});

describe('describeProblem()', () => {
  const problem = { file: 'a.comp', line: 2, message: 'wrong' };

  it('shows the line of the source', () => {
    expect(describeProblem(problem, () => 'one\n  two\nthree')).toBe('a.comp:2: wrong\n  2 |   two');
  });

  it('does without the source where it cannot be had', () => {
    expect(describeProblem(problem, () => undefined)).toBe('a.comp:2: wrong');
    expect(describeProblem(problem, () => 'one')).toBe('a.comp:2: wrong');
  });

  it('does without a place', () => {
    expect(describeProblem({ file: null, line: null, message: 'wrong' }, () => 'one')).toBe('wrong');
  });
});

describe('describeProblems()', () => {
  it('shows ten, and says how many are left', () => {
    const problems = Array.from({ length: 12 }, (_, i) => ({ file: null, line: null, message: `m${i}` }));
    const lines = describeProblems(problems, () => undefined).split('\n');
    expect(lines).toHaveLength(11);
    expect(lines.slice(-2)).toEqual(['m9', 'and 2 more']);
  });
});
