// Compiles with a compiler that is a program, in a process of its own and a folder of its own: the text it gets
// names no other file, and its messages name only this one.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CompilerAnswer, CompilerOrder } from './compiler-order.ts';
import type { CompilerProgram } from './find-compiler.ts';
import { inTemporaryFolder, runTool } from './run-tool.ts';

/**
 * Registers of HLSL are numbered for each kind, bindings of Vulkan are not: where each kind begins. The steps are
 * the numbers of registers that Direct3D 11 has (64 u, 128 t, 14 b).
 */
const HLSL_BINDING_BASE = { u: 0, t: 64, b: 192, s: 208 } as const;

/**
 * Compiles a shader.
 *
 * @throws GuestmarkError as `runTool` does.
 */
export function compileWithProgram(compiler: CompilerProgram, order: CompilerOrder): Promise<CompilerAnswer> {
  return inTemporaryFolder(async (folder) => {
    const source = `shader.${order.language === 'hlsl' ? 'hlsl' : 'comp'}`;
    await writeFile(join(folder, source), order.text);
    const args = compiler.kind === 'glslang' ? glslangArguments(order) : glslcArguments(order);
    const { failed, stdout, stderr } = await runTool(compiler.path, [...args, '-o', 'out.spv', source], {
      action: `compile shader ${order.file}`,
      limitMs: order.limitMs,
      folder,
    });
    // glslang exits with 0 when it cannot write its output, so the output itself must be there.
    const spirv = failed ? undefined : await readFile(join(folder, 'out.spv')).catch(() => undefined);
    return { spirv: spirv && Uint8Array.from(spirv), output: withoutName(`${stdout}\n${stderr}`, source) };
  });
}

function glslangArguments({ language, targetEnvironment, entryPoint, text }: CompilerOrder): string[] {
  const common = ['-V', '-S', 'comp', '--target-env', targetEnvironment];
  if (language === 'glsl') return common;
  const base = hlslBindingBase(text);
  const shifts = [
    ...['--shift-uav-binding', `${base.u}`, '--shift-texture-binding', `${base.t}`],
    ...['--shift-cbuffer-binding', `${base.b}`, '--shift-sampler-binding', `${base.s}`],
  ];
  return ['-D', ...common, '-e', entryPoint, '--hlsl-iomap', '--auto-map-bindings', ...shifts];
}

function glslcArguments({ language, targetEnvironment, entryPoint, text }: CompilerOrder): string[] {
  const common = [`-x`, language, '-fshader-stage=compute', `--target-env=${targetEnvironment}`];
  if (language === 'glsl') return common;
  const base = hlslBindingBase(text);
  const shifts = [
    ...['-fuav-binding-base', `${base.u}`, '-ftexture-binding-base', `${base.t}`],
    ...['-fcbuffer-binding-base', `${base.b}`, '-fsampler-binding-base', `${base.s}`],
  ];
  return [...common, `-fentry-point=${entryPoint}`, '-fhlsl-iomap', '-fauto-bind-uniforms', ...shifts];
}

/** A shader that names bindings of Vulkan gets just those. */
function hlslBindingBase(text: string): Readonly<Record<keyof typeof HLSL_BINDING_BASE, number>> {
  return /\bvk\s*::\s*binding\b/.test(text) ? { u: 0, t: 0, b: 0, s: 0 } : HLSL_BINDING_BASE;
}

/** Without the lines that are only the name of the file, which glslang always prints. */
function withoutName(output: string, source: string): string {
  return output
    .split('\n')
    .filter((line) => line.trim() !== source)
    .join('\n');
}
