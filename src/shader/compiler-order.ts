// What a compiler is asked to do and what it answers, whichever it is. Types only; plain data.
import type { TargetEnvironment } from './target-environment.ts';

/** One shader in one piece. */
export interface CompilerOrder {
  /** For messages. */
  readonly file: string;
  readonly language: 'glsl' | 'hlsl';
  readonly text: string;
  readonly targetEnvironment: TargetEnvironment;
  /** Name of the function to begin with; GLSL always begins with `main`. */
  readonly entryPoint: string;
  readonly limitMs: number;
}

/** The answer. */
export interface CompilerAnswer {
  /** Undefined where the compiler refused. */
  readonly spirv: Uint8Array<ArrayBuffer> | undefined;
  /** All that it printed. */
  readonly output: string;
}
