// Kernels written in the test that needs them, compiled with the glslangValidator of this machine.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const COMPILER = 'glslangValidator';

/** Whether the compiler is there. */
export const hasCompiler: boolean = ((): boolean => {
  try {
    execFileSync(COMPILER, ['--version'], { stdio: 'pipe' });
    return true;
  } catch {
    console.warn('kernels of tests are not compiled: glslangValidator is missing');
    return false;
  }
})();

const compiled = new Map<string, Uint8Array>();

/** SPIR-V of a GLSL compute shader. `#version 450` is put before it. */
export function inlineKernel(glsl: string, target = 'vulkan1.1', more: readonly string[] = []): Uint8Array {
  const key = [target, ...more, glsl].join('\n');
  const spirv = compiled.get(key) ?? compile(glsl, target, more);
  compiled.set(key, spirv);
  return spirv;
}

function compile(glsl: string, target: string, more: readonly string[]): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'guestmark-inline-'));
  try {
    const file = join(folder, 'out.spv');
    const source = join(folder, 'in.comp');
    writeFileSync(source, `#version 450\n${glsl}`);
    const parameters = ['-V', '--target-env', target, ...more, '-o', file, source];
    execFileSync(COMPILER, parameters, { stdio: 'pipe' });
    return new Uint8Array(readFileSync(file));
  } catch (error) {
    const { stdout } = error as { stdout?: Buffer };
    throw new Error(`${COMPILER}: ${String(stdout ?? error)}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
