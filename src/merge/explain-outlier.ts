// Why a node is slow: whether its GPU is, or what the guest did to it, or nobody knows. A sign explains a finding where it touches
// what was slow and is large enough: a node that lost 2 % of its time is not 20 % slower for it. Pure.
import type { FleetCase, FleetFinding, FleetOutlier } from './fleet-report.ts';
import type { NodeSign } from './node-signs.ts';

/** A sign explains what is up to twice as large. */
const ENOUGH = 0.5;

/** What is known of a node that is not like the others. */
export interface SuspectNode {
  readonly findings: readonly FleetFinding[];
  readonly signs: readonly NodeSign[];
  readonly software: boolean;
  /** Whether the node has a device time of a case; null asks for any. */
  readonly hasDeviceTime: (caseIndex: number | null) => boolean;
}

/** The cause of the largest slow finding that has one; a node that is only faster has none. */
export function explainOutlier(
  suspect: SuspectNode,
  cases: readonly FleetCase[],
): Pick<FleetOutlier, 'cause' | 'reasons'> {
  for (const finding of suspect.findings) {
    if (finding.verdict === 'faster') continue;
    const touching = signsFor(finding, suspect, cases);
    for (const cause of causesOf(finding, suspect)) {
      const those = touching.filter((sign) => sign.cause === cause);
      if (explainsEnough(those, finding)) return { cause, reasons: those.map(({ text }) => text) };
    }
  }
  return { cause: 'unexplained', reasons: [] };
}

/** Which causes a finding can have, the likelier first: time that is lost on a GPU is not lost by the guest. */
function causesOf(finding: FleetFinding, suspect: SuspectNode): readonly NodeSign['cause'][] {
  if (suspect.software) return ['guest', 'gpu'];
  if (isOnDevice(finding, suspect)) return ['gpu'];
  return ['guest', 'gpu'];
}

/** Whether the device itself took longer, by at least half of what is found. */
function isOnDevice({ case: index, metric, ratio }: FleetFinding, { findings }: SuspectNode): boolean {
  if (metric === 'gpuTime') return true;
  const least = 1 + ENOUGH * (ratio - 1);
  return findings.some((one) => one.case === index && one.metric === 'gpuTime' && one.ratio >= least);
}

/** The signs that can have made the difference: a GPU whose own time is as ever was not slow, but its link may have been. */
function signsFor(
  finding: FleetFinding,
  suspect: SuspectNode,
  cases: readonly FleetCase[],
): readonly NodeSign[] {
  const one = finding.case === null ? undefined : cases[finding.case];
  const isEqualOnDevice =
    !isOnDevice(finding, suspect) && suspect.hasDeviceTime(finding.case) && !suspect.software;
  return suspect.signs.filter(({ cause, touches }) => {
    if (touches === 'link') return one?.category === 'host' && one.kind === 'throughput';
    if (touches === 'latency') return one?.kind === 'latency';
    return cause === 'guest' || !isEqualOnDevice;
  });
}

/** All of them together; of exits nobody knows how many a round trip takes. */
function explainsEnough(signs: readonly NodeSign[], { ratio }: FleetFinding): boolean {
  if (signs.length === 0) return false;
  if (signs.some(({ touches }) => touches === 'latency')) return true;
  return signs.reduce((product, { explains }) => product * explains, 1) - 1 >= ENOUGH * (ratio - 1);
}
