// Finds the GLSL compiler on this machine. It is needed only for shaders that do not come as SPIR-V.
import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { GuestmarkError } from '../base/errors.ts';

/** A compiler that answers to `--version`. */
export interface Glslang {
  /** Path of the executable. */
  readonly path: string;
  /** As the compiler states it, such as `11:12.0.0`. */
  readonly version: string;
}

// `glslang` is the newer name of the same program.
const NAMES = ['glslang', 'glslangValidator'];
const VERSION_LIMIT_MS = 10_000;

/**
 * Looks for the compiler: `GUESTMARK_GLSLANG` (a path), else `glslang`, else `glslangValidator` in
 * `PATH`.
 *
 * @param environment The variables to look in; default the process's own.
 * @throws GuestmarkError (environment) when there is none, or it does not answer as glslang.
 */
export async function findGlslang(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Glslang> {
  const path = environment.GUESTMARK_GLSLANG || (await findInPath(environment.PATH ?? ''));
  if (path === undefined) {
    throw new GuestmarkError('environment', 'Cannot compile shader: no GLSL compiler is in PATH', {
      hint: 'install glslang (Debian: glslang-tools), set GUESTMARK_GLSLANG, or pass SPIR-V instead',
    });
  }
  return { path, version: await readVersion(path) };
}

async function findInPath(searchPath: string): Promise<string | undefined> {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  // All folders for the first name, then all for the second: the newer program wins wherever it lies.
  for (const name of NAMES) {
    for (const folder of searchPath.split(delimiter).filter(Boolean)) {
      const candidate = join(folder, `${name}${suffix}`);
      if (await isExecutable(candidate)) return candidate;
    }
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function readVersion(path: string): Promise<string> {
  const refuse = (state: string, cause?: unknown): GuestmarkError =>
    new GuestmarkError('environment', `Cannot use GLSL compiler ${path}: ${state}`, {
      hint: 'GUESTMARK_GLSLANG must name an executable glslang or glslangValidator',
      cause,
    });
  const options = { timeout: VERSION_LIMIT_MS, killSignal: 'SIGKILL' } as const;
  const { stdout } = await promisify(execFile)(path, ['--version'], options).catch((cause: unknown) => {
    throw refuse('it cannot be run', cause);
  });
  const version = /^Glslang Version: (\S+)/m.exec(stdout)?.[1];
  if (version === undefined) throw refuse('it does not state a glslang version');
  return version;
}
