// What a test changes in a shipped kernel to see that the benchmark's verification notices it.

/** A kernel with a mistake in it. */
export interface Mutant {
  /** Name of the shipped kernel: `copy`, or `fma-f32-vec4` of a source with variants. */
  readonly kernel: string;
  /** Text that stands exactly once in the kernel's source (its includes put in place), and what replaces it. */
  readonly replace: readonly [from: string, to: string];
  /** The case whose verification must fail, as the command line selects it: `copy[n=4Ki]`. */
  readonly caught: string;
}
