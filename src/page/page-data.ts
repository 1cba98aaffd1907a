// What the page of `guestmark report` holds as data: everything its script draws, and nothing it does not. Plain JSON, because
// it crosses from Node into a browser. Types only; build-page-data.ts fills it from reports.
import type { Comparison } from '../compare/comparison.ts';
import type { PartId } from '../evidence/evidence.ts';

/** Value and interval. */
export type PageEstimate = readonly [value: number, low: number, high: number];

/** One report of the page. */
export interface PageReport {
  readonly label: string;
  readonly startedAt: string | null;
  readonly hostname: string | null;
  readonly device: string | null;
  readonly driver: string | null;
  readonly hypervisor: string | null;
  readonly attachment: string | null;
  readonly tier: string | null;
  readonly status: string;
  readonly runs: number;
  readonly warnings: readonly {
    readonly id: string;
    readonly message: string;
    readonly advice: string | null;
  }[];
  /** Labelled facts with their evidence, for the environment section. */
  readonly environment: readonly {
    readonly label: string;
    readonly value: string;
    readonly source: string | null;
    readonly confidence: string | null;
  }[];
}

/** A dispatch on the time axis, in ns since the first of its case and run; null where a clock does not tell. */
export interface PageDispatch {
  readonly startNs: number;
  readonly wallNs: number;
  readonly submitNs: number | null;
  readonly deviceStartNs: number | null;
  readonly gpuNs: number | null;
  readonly stealLowNs: number | null;
  readonly stealHighNs: number | null;
  readonly runQueueNs: number | null;
}

/** What one report says of one case. */
export interface PageResult {
  readonly status: 'ok' | 'failed' | 'skipped' | 'pending';
  readonly problem: string | null;
  readonly metrics: Readonly<Record<string, PageEstimate>>;
  readonly warnings: readonly {
    readonly id: string;
    readonly message: string;
    readonly advice: string | null;
  }[];
  /** Mean parts of the wall time, per iteration: [at best, at least, at most]. */
  readonly parts: readonly { readonly id: PartId; readonly ns: PageEstimate }[];
  /**
   * Samples of every clock, ns per iteration, by run: at most some hundreds each, evenly thinned (`thinned` says of how many);
   * empty where the page holds too many reports.
   */
  readonly clocks: Readonly<Record<string, readonly (readonly (number | null)[])[]>>;
  readonly samples: number;
  /** The first dispatches of the first run; empty as above. */
  readonly timeline: readonly PageDispatch[];
}

/** One case over all reports. */
export interface PageCase {
  readonly id: string;
  readonly benchmark: string;
  readonly axes: Readonly<Record<string, number>>;
  readonly category: string | null;
  readonly kind: 'throughput' | 'latency';
  readonly bytes: number | null;
  readonly flops: number | null;
  readonly items: number | null;
  readonly itemName: string;
  /** By report; null where it does not have the case. */
  readonly results: readonly (PageResult | null)[];
}

/** The whole page. */
export interface PageData {
  readonly tool: { readonly name: string; readonly version: string };
  readonly title: string;
  readonly reports: readonly PageReport[];
  readonly refused: readonly { readonly path: string; readonly message: string }[];
  readonly cases: readonly PageCase[];
  /** Roofs of the first report that measured them, for the roofline. */
  readonly roofs: {
    readonly bandwidth: PageEstimate | null;
    readonly arithmetic: Readonly<Record<string, PageEstimate>>;
  };
  readonly comparison: Comparison | null;
}
