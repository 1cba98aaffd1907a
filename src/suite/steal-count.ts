// The steal counters of the CPUs as the report keeps them: over the whole case, and over its samples as the
// budget that steal can have had there. Pure.
import type { CaseSteal as StealCount } from '../timing/case-steal.ts';
import type { CaseSteal, SamplingSteal } from './case-run.ts';
import type { RawSample } from './sample-store.ts';

/** The count as the report keeps it. */
export function caseStealOf({ perCpu, tickNs }: StealCount): CaseSteal {
  const known = perCpu.flatMap(({ cpu, deltaNs }) =>
    deltaNs.available ? [[`cpu${cpu}`, deltaNs.value] as const] : [],
  );
  const backwards = perCpu.filter(({ ranBackwards }) => ranBackwards).map(({ cpu }) => `cpu${cpu}`);
  const missing = perCpu.flatMap(({ deltaNs }) => (deltaNs.available ? [] : [deltaNs.reason]));
  const notes = [
    ...missing,
    ...(backwards.length > 0 ? [`the counter of ${backwards.join(', ')} ran backwards`] : []),
  ];
  return {
    totalNs: known.reduce((sum, [, stealNs]) => sum + stealNs, 0),
    perCpuNs: Object.fromEntries(known),
    tickNs,
    note: notes.length === 0 ? null : notes.join('; '),
  };
}

/** The CPUs whose steal can have hit the samples, and how that is known. */
export interface CountingCpus {
  /** Null: all that were counted. */
  readonly cpus: readonly number[] | null;
  readonly reason: string;
}

/** The budget of the samples: steal of the CPUs that count, and a tick for each, because counters are rounded down. */
export function samplingStealOf(count: StealCount, counting: CountingCpus): SamplingSteal {
  const counted = count.perCpu.filter(({ cpu }) => counting.cpus === null || counting.cpus.includes(cpu));
  const isUsable = counted.every(({ deltaNs, ranBackwards }) => deltaNs.available && !ranBackwards);
  const sumNs = counted.reduce(
    (sum, { deltaNs }) => sum + (deltaNs.available ? deltaNs.value : 0) + count.tickNs,
    0,
  );
  return {
    ...caseStealOf(count),
    cpus: counted.map(({ cpu }) => cpu),
    cpusReason: counting.reason,
    ceilingNs: isUsable && counted.length > 0 ? sumNs : null,
  };
}

/**
 * The CPUs on which the measuring thread ran during the samples. A thread that was put on a CPU at most once within
 * a sample was, in that sample, on the CPUs of its two ends and nowhere else.
 *
 * @param timeslices Whether it is known how often the thread was put on a CPU.
 * @param software The device's workers run on any CPU, and their steal counts as well.
 */
export function countingCpus(
  samples: readonly RawSample[],
  { software, timeslices }: { readonly software: boolean; readonly timeslices: boolean },
): CountingCpus {
  if (software) return { cpus: null, reason: 'the device computes on all of them' };
  if (!timeslices) return { cpus: null, reason: 'whether the thread was moved within a sample is not known' };
  const seen = new Set<number>();
  for (const { from, to } of samples) {
    if (from.cpu < 0 || to.cpu < 0) return { cpus: null, reason: 'where the thread ran is not known' };
    if (to.timeslices - from.timeslices > 1) {
      return { cpus: null, reason: 'the thread may have been moved within a sample: pin it to narrow this' };
    }
    seen.add(from.cpu).add(to.cpu);
  }
  return { cpus: [...seen].sort((a, b) => a - b), reason: 'the measuring thread ran on no other' };
}
