// Where the Vulkan loader looks for manifests on Linux (Vulkan-Loader, LoaderDriverInterface.md,
// "Driver Discovery on Linux", and LoaderLayerInterface.md). Pure.
import { join } from 'node:path';
import { splitPaths } from './path-list.ts';

/** The kinds of manifests that matter here, by the name of their folder. */
export type ManifestKind = 'icd.d' | 'explicit_layer.d';

/** The folders searched for manifests of a kind, first to last, whether they exist or not. */
export function manifestFolders(kind: ManifestKind, env: NodeJS.ProcessEnv): readonly string[] {
  const home = env.HOME === undefined ? [] : [env.HOME];
  const own = (name: string, fallback: string): readonly string[] => {
    const set = env[name];
    return set ? [set] : home.map((folder) => join(folder, fallback));
  };
  const shared = (name: string, fallback: string): readonly string[] => splitPaths(env[name] || fallback);
  const bases = [
    ...own('XDG_CONFIG_HOME', '.config'),
    ...shared('XDG_CONFIG_DIRS', '/etc/xdg'),
    '/usr/local/etc',
    '/etc',
    ...own('XDG_DATA_HOME', '.local/share'),
    ...shared('XDG_DATA_DIRS', '/usr/local/share:/usr/share'),
  ];
  return [...new Set(bases.map((base) => join(base, 'vulkan', kind)))];
}
