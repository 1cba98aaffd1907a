// The programs of SPIRV-Tools, each optional: assembling, validating and disassembling modules. A module may be
// hostile, so each has a time limit. What their messages mean is for the reader.
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Available, available, unavailable } from '../base/availability.ts';
import { GuestmarkError } from '../base/errors.ts';
import { type Environment, findProgram } from './find-program.ts';
import type { LoadedShader } from './loaded-shader.ts';
import { inTemporaryFolder, runTool, type ToolAnswer } from './run-tool.ts';
import type { TargetEnvironment } from './target-environment.ts';

/** The variable that names a tool, by the tool. */
const VARIABLES = {
  'spirv-as': 'GUESTMARK_SPIRV_AS',
  'spirv-val': 'GUESTMARK_SPIRV_VAL',
  'spirv-dis': 'GUESTMARK_SPIRV_DIS',
} as const;

type ToolName = keyof typeof VARIABLES;

/** A tool that answers. */
interface SpirvTool {
  readonly path: string;
  /** Such as `spirv-val 2023.1`. */
  readonly name: string;
}

const VERSION_LIMIT_MS = 10_000;

/** For whom and how long a tool works. */
export interface SpirvErrand {
  /** Path of the shader, for messages. */
  readonly file: string;
  readonly targetEnvironment: TargetEnvironment;
  /** The variables in which the tools are looked for. */
  readonly environment: Environment;
  readonly limitMs: number;
}

/** An assembled module. */
export interface AssembledModule {
  readonly spirv: Uint8Array<ArrayBuffer>;
  /** Version and place of the assembler. */
  readonly assembler: string;
}

/**
 * Assembles a module.
 *
 * @throws GuestmarkError (usage) with the first error and its line; (environment) without an assembler; (timeout).
 */
export async function assembleSpirv(text: string, errand: SpirvErrand): Promise<AssembledModule> {
  const { file, targetEnvironment, environment, limitMs } = errand;
  const action = `assemble shader ${file}`;
  const tool = await findTool('spirv-as', environment);
  if (!tool.available) {
    throw new GuestmarkError('environment', `Cannot ${action}: ${tool.reason}`, {
      hint: 'install SPIRV-Tools (Debian: spirv-tools), set GUESTMARK_SPIRV_AS, or pass SPIR-V instead',
    });
  }
  const { path, name } = tool.value;
  return inTemporaryFolder(async (folder) => {
    await writeFile(join(folder, 'shader.spvasm'), text);
    const args = ['--target-env', targetEnvironment, '-o', 'out.spv', 'shader.spvasm'];
    const answer = await runTool(path, args, { action, limitMs, folder });
    const spirv = answer.failed ? undefined : await readFile(join(folder, 'out.spv')).catch(() => undefined);
    if (spirv === undefined) throw assemblyProblem(file, text, answer);
    return { spirv: Uint8Array.from(spirv), assembler: `${name} (${path})` };
  });
}

/**
 * Validates a module, where there is a validator.
 *
 * @returns The validator's name, or why there is none.
 * @throws GuestmarkError (usage) with its first message when it refuses the module; (timeout).
 */
export async function validateSpirv(
  spirv: Uint8Array,
  errand: SpirvErrand,
): Promise<LoadedShader['validator']> {
  const { file, targetEnvironment, environment, limitMs } = errand;
  const tool = await findTool('spirv-val', environment);
  if (!tool.available) return { name: null, reason: tool.reason };
  const { path, name } = tool.value;
  const args = ['--target-env', targetEnvironment];
  const answer = await runOnModule(path, args, spirv, { action: `validate shader ${file}`, limitMs });
  if (!answer.failed) return { name, reason: null };
  throw new GuestmarkError(
    'usage',
    `Cannot use shader ${file}: spirv-val refuses it: ${firstMessage(answer)}`,
    {
      hint: `it was checked by ${name} for ${targetEnvironment}`,
    },
  );
}

/**
 * The assembly text of a module, as spirv-dis writes it, with a line end.
 *
 * @param environment The variables to look for it in: `GUESTMARK_SPIRV_DIS` or `PATH`.
 */
export async function disassembleSpirv(
  spirv: Uint8Array,
  environment: Environment = process.env,
  limitMs?: number,
): Promise<Available<string>> {
  const tool = await findTool('spirv-dis', environment);
  if (!tool.available) return tool;
  try {
    const errand = { action: 'disassemble shader', limitMs };
    const answer = await runOnModule(tool.value.path, ['--no-color'], spirv, errand);
    return answer.failed
      ? unavailable(`spirv-dis refuses the module: ${firstMessage(answer)}`)
      : available(answer.stdout);
  } catch (error) {
    return unavailable((error as Error).message);
  }
}

async function findTool(name: ToolName, environment: Environment): Promise<Available<SpirvTool>> {
  const named = environment[VARIABLES[name]];
  const path = named ? resolve(named) : await findProgram([name], environment);
  if (path === undefined) return unavailable(`no ${name} is in PATH`);
  try {
    const errand = { action: `use ${path}`, limitMs: VERSION_LIMIT_MS };
    const { stdout } = await runTool(path, ['--version'], errand);
    const version = /^SPIRV-Tools v(\S+)/m.exec(stdout)?.[1];
    if (version === undefined) return unavailable(`${path} states no version of SPIRV-Tools`);
    return available({ path, name: `${name} ${version}` });
  } catch {
    return unavailable(`${path} cannot be run`);
  }
}

function runOnModule(
  path: string,
  args: readonly string[],
  spirv: Uint8Array,
  errand: { readonly action: string; readonly limitMs?: number | undefined },
): Promise<ToolAnswer> {
  return inTemporaryFolder(async (folder) => {
    await writeFile(join(folder, 'shader.spv'), spirv);
    return runTool(path, [...args, 'shader.spv'], { ...errand, folder });
  });
}

function assemblyProblem(file: string, text: string, answer: ToolAnswer): GuestmarkError {
  const message = firstMessage(answer);
  const [, line, , state] = /^(\d+): (\d+): (.*)$/s.exec(message) ?? [];
  const source = line === undefined ? undefined : text.split('\n')[Number(line) - 1];
  const quoted = source === undefined ? '' : `\n  ${line} | ${source}`;
  const place = line === undefined ? message : `${file}:${line}: ${state}${quoted}`;
  return new GuestmarkError('usage', `Cannot assemble shader ${file}: ${place}`);
}

/** The first line that the tool said, without the word that all of them begin with and without a period. */
function firstMessage({ stdout, stderr }: ToolAnswer): string {
  const line = `${stderr}\n${stdout}`.split(/\r?\n/).find((text) => text.trim() !== '');
  return (
    line
      ?.replace(/^error: /, '')
      .trim()
      .replace(/\.$/, '') ?? 'it gave no reason'
  );
}
