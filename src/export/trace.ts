// A report as a trace that Perfetto and Chrome open: a process per run with the measuring thread, the GPU with a queue per run,
// curves of what was taken, and arrows from submissions to kernels. Every run of a report was a process of its own, so it is one
// here. Reports lie side by side, each from its own start, so that they can be compared.
import { SCHEMA_VERSION } from '../report/report.ts';
import type { NamedReport, NamedReports, TextPieces } from './named-report.ts';
import { oneLine, reportIdentity } from './report-identity.ts';
import { caseSpans, frameSlices, stallSlices } from './trace-cases.ts';
import { deviceCounters, LedgerSums } from './trace-counters.ts';
import type { TraceEvent } from './trace-events.ts';
import { drawKernel, flowOf } from './trace-kernels.ts';
import { type PlacedRun, type Placement, placeRuns } from './trace-placement.ts';
import { sampleSlices } from './trace-samples.ts';
import { type TraceTrack, TraceTracks } from './trace-tracks.ts';

/** How much of a report the trace shows, in ns and numbers; what is not drawn has no known place. */
interface Totals {
  samples: number;
  wallNs: number;
  kernels: number;
  gpuNs: number;
  notDrawn: { samples: number; kernels: number; gpuNs: number };
}

/** Events in a piece of text. */
const PIECE_EVENTS = 2000;

/** The whole file. */
export async function* trace(reports: NamedReports): TextPieces {
  const told: unknown[] = [];
  const numbers = { pid: 0, flow: 0 };
  let separator = '';
  yield '{"displayTimeUnit":"ns","traceEvents":[\n';
  for await (const named of reports) {
    const drawing = new TracedReport(named, numbers);
    for (const lines of pieces(drawing.events())) {
      yield separator + lines;
      separator = ',';
    }
    told.push(drawing.record());
  }
  yield `],\n"otherData":${JSON.stringify({ tool: 'guestmark', schemaVersion: SCHEMA_VERSION, reports: told })}}\n`;
}

function* pieces(events: Iterable<TraceEvent>): Iterable<string> {
  let lines: string[] = [];
  for (const event of events) {
    lines.push(JSON.stringify(event));
    if (lines.length < PIECE_EVENTS) continue;
    yield `${lines.join(',\n')}\n`;
    lines = [];
  }
  if (lines.length > 0) yield `${lines.join(',\n')}\n`;
}

/** One report under way. */
class TracedReport {
  readonly #named: NamedReport;
  readonly #numbers: { pid: number; flow: number };
  readonly #placement: Placement;
  readonly #totals: Totals = {
    samples: 0,
    wallNs: 0,
    kernels: 0,
    gpuNs: 0,
    notDrawn: { samples: 0, kernels: 0, gpuNs: 0 },
  };

  /** @param numbers Of processes and arrows, which are counted over all reports. */
  constructor(named: NamedReport, numbers: { pid: number; flow: number }) {
    this.#named = named;
    this.#numbers = numbers;
    this.#placement = placeRuns(named.report);
  }

  *events(): Iterable<TraceEvent> {
    const { device, host } = reportIdentity(this.#named.report);
    const labels = oneLine(this.#named.path);
    const { runs } = this.#placement;
    const hosts = runs.map(
      ({ label }) =>
        new TraceTracks(++this.#numbers.pid, `host ${host ?? 'of an unknown name'}, ${label}`, labels),
    );
    const gpu = new TraceTracks(++this.#numbers.pid, `GPU ${device ?? 'of an unknown name'}`, labels);
    for (const [index, run] of runs.entries()) {
      const tracks = hosts[index] as TraceTracks;
      const spans = caseSpans(run);
      yield* frameSlices(run, spans, tracks);
      yield* this.#samples(run, tracks, { pid: gpu.pid, queue: gpu.track(`queue, ${run.label}`) });
      yield* stallSlices(run, spans, tracks);
      for (const span of spans) yield* deviceCounters(span.run, gpu.pid, span);
      yield* tracks.metadata;
    }
    yield* gpu.metadata;
  }

  /** What the trace is of; complete once all events were taken. */
  record(): unknown {
    const { path, report } = this.#named;
    const { shiftNs, runs } = this.#placement;
    return {
      path: oneLine(path),
      tool: report.tool,
      schemaVersion: report.schemaVersion,
      startedAt: report.startedAt,
      origin:
        'ts 0 is startedAt minus shiftNs; runs are placed by the start of their process, in ms, and within a run by its clock, in ns',
      shiftNs,
      runs: runs.map(({ run, part, originNs, byCalendar, processes }) => ({
        run,
        part,
        originNs,
        byCalendar,
        processes,
      })),
      totals: this.#totals,
    };
  }

  *#samples(
    run: PlacedRun,
    tracks: TraceTracks,
    gpu: { readonly pid: number; readonly queue: TraceTrack },
  ): Iterable<TraceEvent> {
    const thread = tracks.track('measuring thread');
    const sums = new LedgerSums(tracks.pid);
    const { clocks } = this.#named.report;
    const calibratedClock = clocks.available ? clocks.value.calibratedClock : clocks;
    const totals = this.#totals;
    for (const sample of run.samples) {
      yield* sums.add(sample);
      const kernel = drawKernel(sample, run, { ...gpu, calibratedClock });
      if (kernel.slice === null) {
        totals.notDrawn.kernels++;
        totals.notDrawn.gpuNs += kernel.gpuNs ?? 0;
      } else {
        totals.kernels++;
        totals.gpuNs += kernel.gpuNs;
        yield kernel.slice;
      }
      const lane = thread.place(sample.startNs, sample.endNs);
      if (lane === null) {
        totals.notDrawn.samples++;
        continue;
      }
      totals.samples++;
      totals.wallNs += sample.run.samples.wallNs[sample.index] as number;
      const place = { pid: tracks.pid, tid: lane.tid };
      yield* sampleSlices(
        sample,
        place,
        kernel.slice === null ? { kernel: `not drawn: ${kernel.reason}` } : {},
      );
      if (kernel.slice !== null) yield* flowOf(sample, place, kernel, this.#numbers.flow++);
    }
  }
}
