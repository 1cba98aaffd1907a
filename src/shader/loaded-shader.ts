// What loading a shader gives, whatever it was written in. Types only; plain data.
import type { TargetEnvironment } from './target-environment.ts';

/** What a shader file holds. */
export type ShaderLanguage = 'glsl' | 'hlsl' | 'spirv' | 'spirv-assembly';

/** A shader as SPIR-V, and where it comes from. */
export interface LoadedShader {
  /** As it was given. */
  readonly path: string;
  readonly language: ShaderLanguage;
  /** A SPIR-V module as it was compiled or read: it may still be malformed, which reflection says. */
  readonly spirv: Uint8Array<ArrayBuffer>;
  /** Text of the file itself without what it includes; empty for a binary. */
  readonly text: string;
  /** Of the file and all it includes; for a binary that of the module. */
  readonly sourceSha256: string;
  readonly spirvSha256: string;
  /** What it was compiled for; null where nothing was compiled. */
  readonly targetEnvironment: TargetEnvironment | null;
  /** Name, version and way to the compiler or assembler: `glslangValidator 11:12.0.0 (/usr/bin/glslangValidator)`. */
  readonly compiler: string | null;
  /** `spirv-val 2023.1`, or why the module was not validated. */
  readonly validator: { readonly name: string | null; readonly reason: string | null };
  /** Whether the SPIR-V came from the cache. */
  readonly cached: boolean;
}
