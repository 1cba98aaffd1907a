// The compiler of this machine, for tests that need one, and why they are skipped where there is none.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CompileOptions, compileShader } from '../../src/shader/compile.ts';
import { type CompilerProgram, findCompiler } from '../../src/shader/find-compiler.ts';

/** `undefined` where no glslang is installed; the reason is printed once. */
export const glslang: CompilerProgram | undefined = await findGlslang();

async function findGlslang(): Promise<CompilerProgram | undefined> {
  const found = await findCompiler().catch((error: Error) => error.message);
  if (typeof found === 'object' && found.kind === 'glslang') return found;
  const reason = typeof found === 'string' ? found : 'there is no glslang';
  console.warn(`Tests that compile shaders are skipped: ${reason}`);
  return undefined;
}

/** Compiles the text of a shader; `#version 450` is added. */
export async function compileText(text: string, options: CompileOptions = {}): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'guestmark-test-'));
  try {
    const file = join(folder, 'test.comp');
    writeFileSync(file, `#version 450\n${text}`);
    return await compileShader(file, options);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
