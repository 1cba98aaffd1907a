// What is asked for when packages are to be brought, and how it is refused.

/** Packages that a purpose needs. */
export interface PackageRequest {
  /** Debian package names; those already installed are skipped by apt-get. */
  readonly packages: readonly string[];
  /** What they are, for one line to the user: `the software Vulkan driver lavapipe`. */
  readonly what: string;
  /** Why they are brought: `No Vulkan device`. */
  readonly why: string;
  /** Takes one line for the user. */
  readonly say: (line: string) => void;
}

/** Packages cannot be brought; the message is the bare reason, for the caller's own sentence. */
export class CannotBring extends Error {
  override readonly name: string = 'CannotBring';
}
