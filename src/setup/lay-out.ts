// Makes an unpacked tree of packages usable where it lies: finds its libraries and programs, and rewrites
// the manifests, whose library paths mean the system's folders, to paths relative to the manifest (the
// Vulkan loader resolves those against the manifest's own folder).
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { UnpackedRecord } from './unpacked.ts';

/** The part of a record that says where things lie. */
export type Layout = Pick<
  UnpackedRecord,
  'libraries' | 'programs' | 'drivers' | 'layers' | 'headers' | 'registry'
>;

const DRIVER = /\.json$/;
/** Chromium's own folder first: what `usr/bin` holds is a script that would start it from the system's folder. */
const PROGRAM_FOLDERS = ['usr/lib/chromium', 'usr/bin'];
const LAYER = /^VkLayer_khronos_validation\.json$/;

/** Lays out the tree `root` below `folder`; writes only below `folder`. Paths returned are relative to it. */
export function layOut(folder: string, root = 'root'): Layout {
  const exists = (path: string): boolean => existsSync(join(folder, path));
  const libraries = libraryFolders(folder, root);
  const share = join(root, 'usr/share/vulkan');
  const rewrite = (from: string, pattern: RegExp, to: string): readonly string[] =>
    rewriteManifests(folder, join(share, from), pattern, to, libraries);
  const layers = rewrite('explicit_layer.d', LAYER, 'layers');
  const registry = join(share, 'registry/vk.xml');
  return {
    libraries,
    programs: PROGRAM_FOLDERS.map((path) => join(root, path)).filter(exists),
    drivers: rewrite('icd.d', DRIVER, 'drivers'),
    layers: layers.length > 0 ? ['layers'] : [],
    headers: exists(join(root, 'usr/include/vulkan/vulkan_core.h')) ? join(root, 'usr/include') : null,
    registry: exists(registry) ? registry : null,
  };
}

/** `usr/lib/x86_64-linux-gnu` and the like: the folders that hold shared libraries. */
function libraryFolders(folder: string, root: string): readonly string[] {
  const parents = ['usr/lib', 'lib'].map((parent) => join(root, parent));
  const multiarch = parents.flatMap((parent) =>
    names(join(folder, parent))
      .filter((name) => /-linux-gnu/.test(name))
      .map((name) => join(parent, name)),
  );
  return [...multiarch, ...parents].filter((path) =>
    names(join(folder, path)).some((name) => /\.so(\.|$)/.test(name)),
  );
}

function rewriteManifests(
  folder: string,
  from: string,
  pattern: RegExp,
  to: string,
  libraries: readonly string[],
): readonly string[] {
  const manifests = names(join(folder, from)).filter((name) => pattern.test(name));
  if (manifests.length > 0) mkdirSync(join(folder, to), { recursive: true });
  return manifests.map((name) => {
    const text = readFileSync(join(folder, from, name), 'utf8');
    const locate = (library: string): string => {
      const home = libraries.find((path) => existsSync(join(folder, path, library)));
      return home === undefined ? library : relative(to, join(home, library));
    };
    writeFileSync(join(folder, to, name), rewriteManifest(text, locate));
    return join(to, name);
  });
}

/** The text of a driver or layer manifest with its library path replaced by `locate(file name)`. */
export function rewriteManifest(text: string, locate: (library: string) => string): string {
  const manifest = JSON.parse(text) as Record<string, { library_path?: string }>;
  for (const part of [manifest.ICD, manifest.layer]) {
    if (part?.library_path !== undefined) part.library_path = locate(basename(part.library_path));
  }
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function names(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}
