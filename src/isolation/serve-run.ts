// The process's work: one run of all its cases, told to the parent as it goes.
import { GuestmarkError } from '../base/errors.ts';
import { benchmarksOf, withDefinitions } from '../definition/benchmarks-of.ts';
import { type ExternalClock, openExternalClock } from '../external/bracket.ts';
import { isMemoryUsedUp } from '../suite/available-memory.ts';
import type { Benchmark } from '../suite/benchmark.ts';
import { makeCase } from '../suite/case-id.ts';
import { caseLimitNs } from '../suite/lasting.ts';
import { loadBenchmarks } from '../suite/load.ts';
import { runCase } from '../suite/run-case.ts';
import type { CaseProgress, Session } from '../suite/session.ts';
import { type DebugMessage, isFault } from '../vulkan/index.ts';
import type { ChildChannel } from './child-channel.ts';
import { type OpenedSession, openSession } from './open-session.ts';
import type { RunRequest } from './protocol.ts';
import { rendezvousOf } from './serve-rendezvous.ts';
import { notWatching, startStallSidecar } from './stall-sidecar.ts';

/** Progress is shown at most so often. */
const PROGRESS_INTERVAL_MS = 200;

/** Runs the cases of a request and tells the parent of each. */
export async function serveRun(channel: ChildChannel, request: RunRequest): Promise<void> {
  const benchmarks = withDefinitions(
    await loadBenchmarks(request.modules, request.builtInModules ?? undefined),
    await benchmarksOf(request.definitions),
  );
  const onMessage = (debug: DebugMessage): void => {
    const { severity, id, text } = debug;
    // Sent at once, inside a timed region or not: what is said before a crash is what explains it, and
    // times under the validation layer are no measurement.
    if (isFault(debug)) void channel.send({ type: 'validation', severity, id, message: text });
  };
  using opened = openSession(request.device, onMessage, request.verdict);
  const sidecar = request.device.stalls
    ? await startStallSidecar(opened.clocks, opened.cpus)
    : notWatching('--stalls was not given');
  const { record } = opened;
  await channel.send({
    type: 'session',
    session: { ...record, clocks: { ...record.clocks, stallWatch: sidecar.record } },
  });
  await runCases(
    channel,
    request,
    { ...opened, clocks: { ...opened.clocks, stalls: sidecar.read } },
    new Map(benchmarks.map((benchmark) => [benchmark.name, benchmark])),
  );
  await sidecar.stop();
}

async function runCases(
  channel: ChildChannel,
  request: RunRequest,
  opened: Pick<OpenedSession, 'device' | 'clocks' | 'opening' | 'guest'>,
  benchmarks: ReadonlyMap<string, Benchmark>,
): Promise<void> {
  const base: Session = {
    device: opened.device,
    clocks: opened.clocks,
    options: request.options,
    opening: opened.opening,
    guest: opened.guest,
    epochNs: opened.clocks.stamp.nowNs(),
    interrupted: channel.stopRequested,
    breathe: breather(channel, request.progress),
  };
  const { rendezvous } = request;
  const shared = rendezvous === undefined ? {} : { rendezvous: rendezvousOf(channel, rendezvous, base) };
  const session: Session = { ...base, ...shared };
  using external = await openExternal(request, session);
  for (const { id, benchmark: name, axes, expected } of request.cases) {
    if (channel.stopRequested()) return;
    const benchmark = benchmarks.get(name);
    if (benchmark === undefined)
      throw new GuestmarkError('usage', `Cannot run ${id}: no benchmark is named "${name}"`);
    const one = makeCase(benchmark, axes);
    const limitNs = caseLimitNs(one, request.options.timeoutNs);
    await channel.send({ type: 'case-start', id, limitNs });
    // The bursts lie outside of everything that is timed.
    const end = await external?.begin();
    const measured = await runCase(session, one, expected);
    const caseRun = end === undefined ? measured : { ...measured, external: await end() };
    const fatal = !opened.device.usable || (caseRun.status === 'failed' && isMemoryUsedUp());
    await channel.sendAndAwait({ type: 'case-run', id, caseRun, fatal });
  }
}

/** The external clock, compared with the clock of the samples' wall times. */
async function openExternal(
  { external }: RunRequest,
  { clocks }: Session,
): Promise<ExternalClock | undefined> {
  if (external === null) return undefined;
  const { host, port, key } = external;
  return openExternalClock(
    { host, port, key: key === null ? null : Buffer.from(key, 'base64') },
    clocks.stamp.name,
  );
}

/** Lets the event loop turn; now and then also shows progress and waits until it was drawn. */
function breather(channel: ChildChannel, visible: boolean): Session['breathe'] {
  let lastMs = Number.NEGATIVE_INFINITY;
  return async ({ id, phase, samples }: CaseProgress) => {
    await new Promise((resolve) => setImmediate(resolve));
    const nowMs = performance.now();
    if (!visible || nowMs - lastMs < PROGRESS_INTERVAL_MS) return;
    lastMs = nowMs;
    await channel.sendAndAwait({ type: 'progress', id, phase, samples });
  };
}
