// The validator of what `guestmark compare --json` prints; mirrors comparison.ts. Loads zod, which costs 100 ms: imported
// dynamically by those who check or publish the format, and by nobody else.
import { z } from 'zod';
import type { RefusedFile } from '../evidence/evidence.ts';
import { PARTS } from '../evidence/part-labels.ts';
import { availableSchema, countSchema } from '../report/schema-parts.ts';
import {
  type CaseExplanation,
  COMPARED_METRICS,
  type Collection,
  type ComparedCase,
  type ComparedMetric,
  type ComparedMetricId,
  type ComparedValue,
  type CompareOptions,
  type Comparison,
  type Doubt,
  type MeanRatio,
  type OutputComparison,
  type OverallExplanation,
  type PartDifference,
  type SideRecord,
  type Verdict,
} from './comparison.ts';

const metricId: z.ZodType<ComparedMetricId> = z.enum(COMPARED_METRICS);

const partId: z.ZodType<PartDifference['id']> = z.enum([...PARTS, 'unexplained']);

const verdict: z.ZodType<Verdict> = z.enum(['faster', 'slower', 'same', 'unclear']);

const estimate: z.ZodType<ComparedValue> = z
  .strictObject({ value: z.number(), low: z.number(), high: z.number() })
  .refine(({ value, low, high }) => low <= value && value <= high, 'Its value is not within its interval');

const metric: z.ZodType<ComparedMetric> = z.strictObject({
  id: metricId,
  unit: z.enum(['ns', 'B/s', 'FLOP/s', '1/s']),
  better: z.enum(['lower', 'higher']),
  baseline: estimate,
  contender: estimate,
  ratio: estimate,
});

const doubt: z.ZodType<Doubt> = z.strictObject({
  id: z.string().min(1),
  message: z.string().min(1),
  advice: z.string().nullable(),
});

const partDifference: z.ZodType<PartDifference> = z
  .strictObject({
    id: partId,
    ns: z.number(),
    lowNs: z.number(),
    highNs: z.number(),
    ofBaseline: z.number(),
  })
  .refine(({ lowNs, highNs }) => lowNs <= highNs, 'Its lower bound is above its upper bound');

const explanation: z.ZodType<CaseExplanation> = z.strictObject({
  baselineNs: z.number(),
  contenderNs: z.number(),
  difference: z.strictObject({ ns: z.number(), lowNs: z.number(), highNs: z.number() }),
  parts: z.array(partDifference),
  statement: z.string().min(1),
  mainCause: partId.nullable(),
});

const agreement = z.enum(['equal', 'different', 'unknown']);

const outputs: z.ZodType<OutputComparison> = z.strictObject({
  verdict: agreement,
  reason: z.string().nullable(),
});

const probability = z.number().min(0).max(1);

const comparedCase: z.ZodType<ComparedCase> = z
  .strictObject({
    id: z.string(),
    benchmark: z.string(),
    axes: z.record(z.string(), z.number()),
    kind: z.enum(['throughput', 'latency']),
    category: z.string().nullable(),
    runs: z.strictObject({ baseline: countSchema, contender: countSchema }),
    metrics: z.array(metric),
    judgedBy: metricId.nullable(),
    verdict,
    reason: z.string().min(1),
    p: availableSchema(z.strictObject({ raw: probability, holm: probability })),
    explanation: availableSchema(explanation),
    outputs,
    doubts: z.array(doubt),
  })
  .refine(({ judgedBy, metrics }) => judgedBy === null || metrics.some(({ id }) => id === judgedBy), {
    path: ['judgedBy'],
    message: 'It is none of the metrics',
  });

const meanRatio: z.ZodType<MeanRatio> = z.strictObject({
  metric: metricId,
  cases: countSchema,
  ratio: availableSchema(estimate),
});

const overall: z.ZodType<OverallExplanation> = z.strictObject({
  cases: countSchema,
  wallDifference: estimate,
  parts: z.array(z.strictObject({ id: partId, ofBaseline: estimate })),
  statement: z.string().min(1),
});

const text = availableSchema(z.string());

const facts: z.ZodType<SideRecord['reports'][number]> = z.strictObject({
  path: z.string(),
  producer: z.string(),
  toolVersion: z.string(),
  startedAt: text,
  finishedAt: text,
  status: z.enum(['running', 'complete', 'partial']),
  hostname: text,
  device: text,
  software: z.boolean(),
  driver: text,
  binding: text,
  tier: text,
  hypervisor: text,
  attachment: text,
  linuxRelease: text,
  cpuModel: text,
  cpuCount: countSchema.nullable(),
  settings: z.record(z.string(), z.string()),
  powerLimitWatts: availableSchema(z.number()),
});

const refusedFile: z.ZodType<RefusedFile> = z.strictObject({ path: z.string(), message: z.string() });

const side: z.ZodType<SideRecord> = z.strictObject({
  label: z.string(),
  reports: z.array(facts),
  runs: countSchema,
  refused: z.array(refusedFile),
});

const collection: z.ZodType<Collection> = z.strictObject({
  kind: z.enum(['interleaved', 'separate', 'different-machines', 'unknown']),
  statement: z.string().min(1),
});

const options: z.ZodType<CompareOptions> = z.strictObject({
  metric: z.union([metricId, z.literal('auto')]),
  noiseFloor: z.number().min(0),
  confidence: z.number().gt(0).lt(1),
  alpha: z.number().gt(0).lt(1),
  resamples: z.int().positive(),
  seed: countSchema,
});

const ids = z.array(z.string());

/** What `guestmark compare --json` prints. */
export const comparisonSchema: z.ZodType<Comparison> = z
  .strictObject({
    schema: z.literal('guestmark-comparison'),
    schemaVersion: z.string().regex(/^\d+\.\d+$/),
    tool: z.strictObject({ name: z.string(), version: z.string(), node: z.string() }),
    options,
    baseline: side,
    contender: side,
    collection,
    cases: z.array(comparedCase),
    unpaired: z.strictObject({ baseline: ids, contender: ids }),
    counts: z.strictObject({
      faster: countSchema,
      slower: countSchema,
      same: countSchema,
      unclear: countSchema,
    }),
    means: z.array(meanRatio),
    explanation: availableSchema(overall),
    fidelity: z.strictObject({
      verdict: agreement,
      equal: countSchema,
      different: ids,
      unknown: countSchema,
      statement: z.string().min(1),
    }),
    doubts: z.array(doubt),
  })
  .refine(
    ({ cases, counts }) =>
      Object.entries(counts).every(
        ([word, count]) => cases.filter((one) => one.verdict === word).length === count,
      ),
    { path: ['counts'], message: 'They are not of these cases' },
  );
