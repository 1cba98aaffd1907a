import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pragmasIn } from '../../src/definition/pragma.ts';
import { startingPoint } from '../../src/definition/starting-point.ts';
import { parseStatement } from '../../src/definition/statement.ts';
import { compileShader } from '../../src/shader/compile.ts';
import { reflectKernel } from '../../src/shader/reflect.ts';
import { temporaryFolder } from '../e2e/guestmark.ts';

describe('startingPoint()', () => {
  it('is a shader that compiles, with pragmas that parse and speak of what it has', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'my-kernel.comp');
    const text = startingPoint('my-kernel');
    writeFileSync(file, text);
    const kernel = reflectKernel(await compileShader(file));
    expect(kernel.bindings.map(({ name, access }) => [name, access])).toEqual([
      ['x', 'read'],
      ['y', 'read-write'],
    ]);
    const statements = pragmasIn(text, 'glsl').map((pragma) => parseStatement(pragma.text, '.', 'it'));
    expect(statements.map(({ key }) => key)).toEqual([
      ...['axis', 'axis', 'fill', 'fill', 'set', 'expect', 'flops'],
    ]);
    expect(statements.flatMap((one) => (one.key === 'axis' ? [one.name] : []))).toEqual([
      ...[kernel.pushConstants[0]?.name, kernel.constants[0]?.name],
    ]);
  });

  it('says the name by which it is run', () => {
    expect(startingPoint('blur')).toContain('guestmark run blur.comp');
  });
});
