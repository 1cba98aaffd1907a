// The capability probe: everything about this machine that decides what its timing can mean, each fact
// with its source or the reason why it is unknown. Runs once at start and prints nothing.
import { type Available, unavailable } from '../base/availability.ts';
import { type SystemFiles, systemFiles } from '../base/system-files.ts';
import { openCpuid, type ReadCpuid } from './cpuid.ts';
import { type Fact, fact } from './fact.ts';
import { readKernelConfig } from './kernel-config.ts';
import { type TierFacts, type TierVerdict, tierOf } from './ledger-rules.ts';
import { observeAccounting } from './observed-accounting.ts';
import { irqTimeAccounting, paravirtTimeAccounting } from './probe-accounting.ts';
import { gvisor } from './probe-gvisor.ts';
import { countedSteal, hypervisor, stealClock } from './probe-hypervisor.ts';
import { probeSources, type SourceFacts } from './probe-sources.ts';
import { SCHEDSTAT_PATH } from './thread-schedstat.ts';

/** Which control groups the process is in. */
export type CgroupVersion = 'v1' | 'v2' | 'hybrid';

/** The probed facts. Plain data for the report. */
export interface TimingCapabilities extends TierFacts, SourceFacts {
  readonly paravirtTimeAccountingObserved: Fact<boolean>;
  readonly clocksource: Fact<string>;
  /** At 2 or less a process may record its own context switches. */
  readonly perfEventParanoid: Fact<number>;
  readonly cgroupVersion: Fact<CgroupVersion>;
}

/** Where to look. */
export interface ProbeSources {
  /** The root of the file system to describe; `/` is this machine, any other one a recorded machine. */
  readonly root?: string;
  /** Default: this CPU's instruction when the root is `/`, else none. */
  readonly cpuid?: Available<ReadCpuid>;
  /**
   * For how long the machine may be watched where its kernel configuration cannot be read, although steal was counted
   * since boot; the thread computes meanwhile. Default 1 s; 0 does not watch.
   */
  readonly observeLimitNs?: number;
  /** Who watches. Default: `observeAccounting` when the root is `/`, else nobody. */
  readonly observe?: (limitNs: number) => Fact<boolean>;
}

/** The facts and the tier that follows from them. */
export interface TimingProbe {
  readonly capabilities: TimingCapabilities;
  readonly verdict: TierVerdict;
}

/** Probes a machine. */
export function probeTiming(sources: ProbeSources = {}): TimingProbe {
  const { root = '/', cpuid } = sources;
  const files = systemFiles(root);
  const config = readKernelConfig(files, root);
  const instruction =
    cpuid ?? (root === '/' ? openCpuid() : unavailable('CPUID: not part of a recorded machine'));
  const configured = paravirtTimeAccounting(files, config);
  const capabilities: TimingCapabilities = {
    schedstat: schedstat(files),
    gvisor: gvisor(files),
    hypervisor: hypervisor(files),
    paravirtTimeAccounting: configured,
    paravirtTimeAccountingObserved: observed(sources, configured, countedSteal(files)),
    stealClock: stealClock(files, instruction),
    irqTimeAccounting: irqTimeAccounting(files, config),
    clocksource: textFact(files, '/sys/devices/system/clocksource/clocksource0/current_clocksource'),
    perfEventParanoid: numberFact(files, '/proc/sys/kernel/perf_event_paranoid'),
    cgroupVersion: cgroupVersion(files),
    ...probeSources(files, root),
  };
  return { capabilities, verdict: tierOf(capabilities) };
}

const OBSERVE_LIMIT_NS = 1e9;

/** Watching costs time: only where nothing else tells, and only where there is something to see. */
function observed(
  { root = '/', observe, observeLimitNs: limitNs = OBSERVE_LIMIT_NS }: ProbeSources,
  configured: Fact<boolean>,
  counted: Fact<boolean>,
): Fact<boolean> {
  if (configured.available) return unavailable('not watched: the kernel configuration tells');
  if (!counted.available) return unavailable(`not watched: ${counted.reason}`);
  if (observe !== undefined) return observe(limitNs);
  if (root !== '/') return unavailable('not watched: a recorded machine');
  return limitNs > 0 ? observeAccounting({ limitNs }) : unavailable('not watched: no time was given for it');
}

function schedstat(files: SystemFiles): Fact<boolean> {
  const text = files.read(SCHEDSTAT_PATH);
  return text.available ? fact(true, SCHEDSTAT_PATH) : text;
}

function textFact(files: SystemFiles, path: string): Fact<string> {
  const text = files.read(path);
  return text.available ? fact(text.value.trim(), path) : text;
}

function numberFact(files: SystemFiles, path: string): Fact<number> {
  const text = textFact(files, path);
  if (!text.available) return text;
  const value = Number(text.value);
  return Number.isInteger(value) ? fact(value, path) : unavailable(`${path}: "${text.value}" is no number`);
}

/** The unified hierarchy is the line `0::`; every other line is a hierarchy of version 1. */
function cgroupVersion(files: SystemFiles): Fact<CgroupVersion> {
  const path = '/proc/self/cgroup';
  const text = textFact(files, path);
  if (!text.available) return text;
  const lines = text.value.split('\n').filter((line) => line !== '');
  const unified = lines.filter((line) => line.startsWith('0::')).length;
  if (lines.length === 0) return unavailable(`${path}: no control groups`);
  if (unified === 0) return fact('v1', path);
  return fact(unified === lines.length ? 'v2' : 'hybrid', path);
}
