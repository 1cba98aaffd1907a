// The names in a folder, where an absent folder is an empty one.
import type { SystemFiles } from '../base/system-files.ts';

/** The names in `folder`, sorted; none where it cannot be listed. */
export function folderNames(files: SystemFiles, folder: string): readonly string[] {
  const names = files.list(folder);
  return names.available ? names.value : [];
}
