// Where a report comes from: the shaders and modules of its benchmarks, and the parts in which it was measured where it was
// interrupted and continued. Types only.
import type { ShaderLanguage } from '../shader/loaded-shader.ts';

/** A benchmark that was made of a shader. */
export interface ShaderRecord {
  readonly benchmark: string;
  /** As it was given. */
  readonly path: string;
  readonly language: ShaderLanguage;
  readonly entryPoint: string;
  /** Of the file and all that it includes. */
  readonly sourceSha256: string;
  readonly spirvSha256: string;
  /** What it was compiled for, and by what; null where nothing was compiled. */
  readonly targetEnvironment: string | null;
  readonly compiler: string | null;
  /** Of all that says how it is run: pragmas, suite file and command line included; null in a report that is older. */
  readonly definitionSha256: string | null;
}

/** A JavaScript module that gave benchmarks. */
export interface ModuleRecord {
  /** Its name, without the folder. */
  readonly file: string;
  /** Of the file alone, without what it imports. */
  readonly sha256: string;
}

/** One time that an interrupted report was continued. */
export interface ResumptionRecord {
  readonly startedAt: string;
  /** How the report was found: `running` where its process was killed. */
  readonly foundStatus: 'running' | 'partial' | 'complete';
  /** Case runs that were in it by then; those that were interrupted while sampling included. */
  readonly foundCaseRuns: number;
  /** Case runs that were measured since, up to the next time. */
  readonly addedCaseRuns: number;
  /** Of them those that took the place of one that had been interrupted while sampling, with the samples of the latter. */
  readonly replaced: readonly {
    readonly caseId: string;
    readonly run: number;
    readonly samples: number;
  }[];
}
