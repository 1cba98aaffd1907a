// One tenant: a process of the usual isolation with one case, from its start to its record. It waits for whoever it is told to
// wait for; why and for whom is decided by the caller.
import type { Child } from '../isolation/child-process.ts';
import type { RunRequest, SessionRecord, SpanSampled } from '../isolation/protocol.ts';
import { runCases } from '../isolation/run-cases.ts';
import { failedRun } from '../isolation/unmeasured-run.ts';
import type { CaseRun, Failure, SampleColumns } from '../suite/case-run.ts';
import type { TenantRun, TenantSamples } from './tenants-report.ts';

/** What tenants of a report share. */
export interface TenantSurroundings {
  /** Added to the process environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Aborted when the user asks to stop. */
  readonly signal: AbortSignal;
  /** What the first process of the report found; null for that one, whose failure to open its device is thrown. */
  readonly first: SessionRecord | null;
  /** How long a process may take to open its device. */
  readonly openLimitNs: number;
  /** A message of the validation layer, or something that the reader must know although no case is to blame. */
  readonly onMessage: (kind: 'validation' | 'trouble', message: string) => void;
}

/** A tenant under way. */
export interface Tenant {
  /** Ends its process at once. */
  kill(): void;
  /** Asks it to stop sampling, verify and end. */
  stop(): void;
  /** Resolves when its process is gone. */
  readonly ended: Promise<EndedTenant>;
}

/** A tenant whose process is gone. */
export interface EndedTenant {
  readonly session: SessionRecord | null;
  readonly caseRun: CaseRun;
  /** Null where it did not sample to its end. */
  readonly span: SpanSampled | null;
  /** On CLOCK_MONOTONIC, in ns. */
  readonly startedNs: number;
  readonly verifiedNs: number | null;
  readonly readyNs: number | null;
  readonly goneNs: number;
}

/** CLOCK_MONOTONIC in ns, which the processes of a machine share. */
export function monotonicNs(): number {
  return Number(process.hrtime.bigint());
}

/**
 * Starts a tenant.
 *
 * @param request With one case and a rendezvous.
 * @param onReady Called when it is warm; it samples when `goOn` is called.
 */
export function startTenant(
  request: RunRequest,
  around: TenantSurroundings,
  onReady: (goOn: () => void) => void,
): Tenant {
  let child: Child | null = null;
  const startedNs = monotonicNs();
  let verifiedNs: number | null = null;
  let readyNs: number | null = null;
  let span: SpanSampled | null = null;
  let caseRun: CaseRun | null = null;
  const { environment, signal, first, openLimitNs, onMessage } = around;
  const running = runCases(
    request,
    {
      onSession: () => undefined,
      onCaseStart: () => undefined,
      onProgress: () => undefined,
      onRendezvous: (arrival, goOn) => {
        verifiedNs = arrival.verifiedNs;
        readyNs = monotonicNs();
        onReady(goOn);
      },
      onSpanSampled: (sampled) => {
        span = sampled;
      },
      onCaseRun: (_, run) => {
        caseRun = run;
      },
      onTrouble: (message) => onMessage('trouble', message),
      onValidation: ({ severity, id, message }) => onMessage('validation', `${severity} ${id}: ${message}`),
      onProcess: () => undefined,
    },
    // A device that does not open beside others is what is to be found out: it is not tried again.
    { environment, signal, openLimitNs, reopenPausesMs: [], onChild: (forked) => (child = forked) },
    { first, isOpened: first !== null },
  );
  const ended = running.then((session): EndedTenant => {
    const goneNs = monotonicNs();
    const measured = caseRun ?? failedRun(request.options.run, INTERRUPTED);
    return { session, caseRun: measured, span, startedNs, verifiedNs, readyNs, goneNs };
  });
  return { kill: () => child?.kill(), stop: () => child?.send({ type: 'stop' }), ended };
}

/** The user stopped before it had a result. */
export const INTERRUPTED: Failure = {
  kind: 'error',
  message: 'Cannot finish the case: it was interrupted',
  hint: null,
};

/**
 * The record of a tenant.
 *
 * @param releasedNs When all were let go, on CLOCK_MONOTONIC; null where that did not happen.
 */
export function tenantRun(ended: EndedTenant, releasedNs: number | null): TenantRun {
  const { caseRun, span, startedNs, verifiedNs, readyNs } = ended;
  const { status, failure, skipReason, iterations, verifiedBefore, verifiedAfter } = caseRun;
  const { samplingSteal, figures } = caseRun;
  const isPlaced = span !== null && releasedNs !== null && caseRun.samples !== null;
  return {
    ...{ status, failure, skipReason, iterations, verifiedBefore, verifiedAfter },
    ...{ samplingSteal, figures },
    verifiedAfterNs: verifiedNs === null ? null : verifiedNs - startedNs,
    readyAfterNs: readyNs === null ? null : readyNs - startedNs,
    submissionsPerSample: isPlaced ? span.submissionsPerSample : null,
    samples: isPlaced ? placed(caseRun.samples as SampleColumns, span.epochNs - releasedNs) : null,
  };
}

function placed(samples: SampleColumns, shiftNs: number): TenantSamples {
  const { wallNs, gpuNs, ledgerWallNs, runQueueNs, workersRunQueueNs } = samples;
  const { stealLowNs, stealHighNs, correctedHighNs, correctedFloorNs } = samples;
  return {
    startNs: samples.startNs.map((ns) => Math.round(ns + shiftNs)),
    ...{ wallNs, gpuNs, ledgerWallNs, runQueueNs, workersRunQueueNs },
    ...{ stealLowNs, stealHighNs, correctedHighNs, correctedFloorNs },
  };
}
