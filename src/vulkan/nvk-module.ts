// Loads the package nvk, or says why it cannot be loaded. The only module that names a file of it.
import { createRequire } from 'node:module';
import { type Available, available, unavailable } from '../base/availability.ts';
import { LIBRARY_VARIABLE } from './loader-library.ts';

/** The commands of nvk by name. */
export type NvkModule = Readonly<Record<string, (...parameters: unknown[]) => unknown>>;

let loaded: Available<NvkModule> | undefined;

/** nvk's commands, loaded once. */
export function loadNvk(): Available<NvkModule> {
  loaded ??= tryToLoad();
  return loaded;
}

function tryToLoad(): Available<NvkModule> {
  const reason = knownObstacle();
  if (reason !== undefined) return unavailable(reason);
  try {
    // Not the package's main file: that prints to stdout, and scans the whole command line for words
    // that make it throw. The variant that checks its arguments; the other one is not faster.
    const file = `nvk/generated/1.1.126/${process.platform}/interfaces.js`;
    return available(createRequire(import.meta.url)(file) as NvkModule);
  } catch (error) {
    return unavailable(error instanceof Error ? (error.message.split('\n')[0] as string) : String(error));
  }
}

/** nvk ships x64 only, and on another CPU would try that file anyway. It opens the system's loader by itself. */
function knownObstacle(): string | undefined {
  if (process.arch !== 'x64') return `nvk has no build for ${process.arch}`;
  if (process.env[LIBRARY_VARIABLE])
    return `nvk only uses the system's Vulkan loader, and ${LIBRARY_VARIABLE} is set`;
  return undefined;
}
