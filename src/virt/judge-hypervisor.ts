// The verdict: from all signs to whether there is a hypervisor, which one, and which monitor. The rules are in
// hypervisor-rules.ts, the exceptions in explained-signs.ts; whatever speaks against the verdict is told with it.
import { unavailable } from '../base/availability.ts';
import type { Signs } from './cpuid-evidence.ts';
import type { Contradiction, Evidence, HypervisorId, MonitorId } from './evidence.ts';
import { explainSign, type Verdict } from './explained-signs.ts';
import type { Finding } from './finding.ts';
import { type Decision, firstDecision, HYPERVISOR_RULES, VIRTUAL_RULES } from './hypervisor-rules.ts';
import { hypervisorName, monitorName } from './hypervisor-signatures.ts';
import { MONITOR_RULES, OWN_MONITORS } from './monitor-rules.ts';
import type { Named, VirtualizationInfo } from './system-info.ts';

type Judgement = Pick<
  VirtualizationInfo,
  'virtual' | 'hypervisor' | 'monitor' | 'evidence' | 'contradictions'
>;
type Decided<T> = (Decision<T> & { readonly reason: string }) | undefined;

/** No machine says more against itself; a recording of a stranger may. */
const MOST_CONTRADICTIONS = 20;

/** Weighs the signs. Never throws; without any, everything is unavailable with the reason. */
export function judgeHypervisor(signs: Signs): Judgement {
  const all = [signs.bit, ...signs.ranges, ...signs.firmware].filter((one) => one !== undefined);
  const virtual = firstDecision(VIRTUAL_RULES, signs);
  const hypervisor = virtual?.value === true ? firstDecision(HYPERVISOR_RULES, signs) : undefined;
  const monitor = virtual?.value === true ? monitorOf(signs, hypervisor?.value) : undefined;
  const verdict: Verdict = {
    virtual: virtual?.value,
    hypervisor: virtual?.value === false ? 'none' : hypervisor?.value,
    monitor: monitor?.value,
  };
  const against = all.filter((sign) => contradicts(sign, verdict));
  const contradictions = contradictionsOf(against, verdict, { virtual, hypervisor, monitor });
  return {
    virtual: virtualFinding(virtual, all),
    hypervisor: hypervisorFinding(virtual, hypervisor, against, verdict),
    monitor: monitorFinding(virtual, monitor, hypervisor),
    evidence: all.map((sign) => (against.includes(sign) ? excepted(sign, verdict) : sign)),
    contradictions: contradictions.slice(0, MOST_CONTRADICTIONS),
  };
}

/**
 * Firmware that names a hypervisor which it is not is no witness of the monitor either, unless there is no other: whoever
 * makes a guest may show it the tables of the host.
 */
function monitorOf(signs: Signs, hypervisor: HypervisorId | undefined): Decided<MonitorId> {
  const agrees = ({ says }: Evidence): boolean =>
    says.hypervisor === undefined || hypervisor === undefined || says.hypervisor === hypervisor;
  return (
    firstDecision(MONITOR_RULES, { ...signs, firmware: signs.firmware.filter(agrees) }) ??
    firstDecision(MONITOR_RULES, signs)
  );
}

const NOTHING_SAYS =
  'neither CPUID nor firmware nor any bus tells of a hypervisor, and none of them can rule one out here';

function sourceOf({ by, reason }: { readonly by: Evidence; readonly reason: string }): string {
  return `${by.source}: ${by.found} (${reason})`;
}

function virtualFinding(virtual: Decided<boolean>, all: readonly Evidence[]): Finding<boolean> {
  if (virtual === undefined) return unavailable(NOTHING_SAYS);
  // A sign for the verdict that is not what it seems: dom0 of Xen and the root partition of Hyper-V.
  const but = all.find(({ says, exception }) => says.virtual === virtual.value && exception !== undefined);
  const exception = but === undefined ? '' : `; ${but.source}: ${but.found} (${but.exception})`;
  return {
    available: true,
    value: virtual.value,
    source: sourceOf(virtual) + exception,
    confidence: virtual.confidence,
  };
}

function hypervisorFinding(
  virtual: Decided<boolean>,
  hypervisor: Decided<HypervisorId>,
  against: readonly Evidence[],
  verdict: Verdict,
): Finding<Named<HypervisorId>> {
  if (virtual === undefined) return unavailable(NOTHING_SAYS);
  if (!virtual.value) {
    const value: Named<HypervisorId> = { id: 'none', name: hypervisorName('none') };
    return { available: true, value, source: sourceOf(virtual), confidence: virtual.confidence };
  }
  if (hypervisor === undefined)
    return unavailable(`${virtual.by.source} shows a hypervisor, which names itself nowhere`);
  const { value: id, by } = hypervisor;
  // A firmware that names another one is not proof of the contrary, but it takes certainty away.
  const disputed = against.some((sign) => sign.says.hypervisor !== undefined && !isReconciled(sign, verdict));
  return {
    available: true,
    value: { id, name: id === 'other' ? by.found : hypervisorName(id) },
    source: sourceOf(hypervisor),
    confidence: disputed && hypervisor.confidence === 'certain' ? 'likely' : hypervisor.confidence,
  };
}

function monitorFinding(
  virtual: Decided<boolean>,
  monitor: Decided<MonitorId>,
  hypervisor: Decided<HypervisorId>,
): Finding<Named<MonitorId>> {
  if (virtual === undefined) return unavailable(NOTHING_SAYS);
  if (!virtual.value) return unavailable('no hypervisor, so no monitor');
  if (monitor !== undefined) {
    const { value: id, by, confidence } = monitor;
    const name = id === 'other' ? by.found : monitorName(id);
    return { available: true, value: { id, name }, source: sourceOf(monitor), confidence };
  }
  const own = hypervisor && OWN_MONITORS.get(hypervisor.value);
  if (hypervisor === undefined || own === undefined)
    return unavailable('no table of the firmware and no device names the monitor');
  return {
    available: true,
    value: { id: own, name: monitorName(own) },
    source: `${hypervisor.by.source}: ${hypervisor.by.found} (it brings its own monitor)`,
    confidence: 'likely',
  };
}

function contradicts({ says }: Evidence, { virtual, hypervisor, monitor }: Verdict): boolean {
  const differs = <T>(said: T | undefined, decided: T | undefined): boolean =>
    said !== undefined && decided !== undefined && said !== decided;
  return (
    differs(says.virtual, virtual) ||
    // A name that nobody knows contradicts nothing.
    (says.hypervisor !== 'other' && differs(says.hypervisor, hypervisor)) ||
    (differs(says.monitor, monitor) && !isFoundation(says.monitor, monitor))
  );
}

/** Monitors that are built from QEMU, and QEMU from Bochs' firmware: both names are right. */
function isFoundation(said: MonitorId | undefined, monitor: MonitorId | undefined): boolean {
  if (said === 'bochs') return monitor === 'qemu' || isFoundation('qemu', monitor);
  return said === 'qemu' && ['proxmox', 'xen', 'nitro', 'parallels'].includes(monitor ?? '');
}

function isReconciled(sign: Evidence, verdict: Verdict): boolean {
  return explainSign(sign, verdict)?.reconciled === true;
}

function excepted(sign: Evidence, verdict: Verdict): Evidence {
  const reason = sign.exception ?? explainSign(sign, verdict)?.reason;
  return reason === undefined ? sign : { ...sign, exception: reason };
}

interface DecidedAll {
  readonly virtual: Decided<boolean>;
  readonly hypervisor: Decided<HypervisorId>;
  readonly monitor: Decided<MonitorId>;
}

function contradictionsOf(
  against: readonly Evidence[],
  verdict: Verdict,
  { virtual, hypervisor, monitor }: DecidedAll,
): readonly Contradiction[] {
  return against.flatMap((sign): readonly Contradiction[] => {
    if (isReconciled(sign, verdict)) return [];
    const isAbout = (said: unknown, decided: unknown): boolean => said !== undefined && said !== decided;
    const winner = isAbout(sign.says.virtual, verdict.virtual)
      ? virtual
      : isAbout(sign.says.hypervisor, verdict.hypervisor) && hypervisor !== undefined
        ? hypervisor
        : (monitor ?? virtual);
    if (winner === undefined) return [];
    const why = sign.exception ?? explainSign(sign, verdict)?.reason;
    return [
      {
        statement: `${sign.source}: ${sign.found} speaks for ${spoken(sign.says)}; ${winner.by.source}: ${winner.by.found} speaks for ${spoken(winner.by.says)}`,
        resolution: `${winner.by.source} decides: ${winner.reason}${why === undefined ? '' : `; ${why}`}`,
        sources: [sign.source, winner.by.source],
      },
    ];
  });
}

function spoken({ virtual, hypervisor, monitor, cloud }: Evidence['says']): string {
  if (virtual === false || hypervisor === 'none') return 'no hypervisor';
  if (hypervisor !== undefined) return hypervisorName(hypervisor);
  if (monitor !== undefined) return monitorName(monitor);
  return cloud === undefined ? 'a hypervisor' : `a guest of ${cloud}`;
}
