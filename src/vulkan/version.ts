// Vulkan's packed version numbers (specification, section "Version Numbers"). Pure.

/** Packs a version: 3 bits variant (0), 7 bits major, 10 bits minor, 12 bits patch. */
export function makeVersion(major: number, minor: number, patch: number): number {
  return ((major << 22) | (minor << 12) | patch) >>> 0;
}

/** Takes a packed version apart. */
export function versionParts(version: number): { major: number; minor: number; patch: number } {
  return { major: (version >>> 22) & 0x7f, minor: (version >>> 12) & 0x3ff, patch: version & 0xfff };
}

/** Writes a packed version as people read it: `1.3.230`. */
export function formatVersion(version: number): string {
  const { major, minor, patch } = versionParts(version);
  return `${major}.${minor}.${patch}`;
}

/** Whether a version as people read it (`1.3.230`) is at least `wanted` (`1.2`). */
export function versionReaches(version: string, wanted: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}
