// Whose cloud a machine is in, and as what product, by the evidence. Knows nothing of single providers: which sign speaks for
// whom stands in the tables.
import { unavailable } from '../base/availability.ts';
import { dmiTexts } from './dmi-evidence.ts';
import type { Evidence } from './evidence.ts';
import type { Confidence } from './finding.ts';
import { firmwareEvidence } from './firmware-evidence.ts';
import type { Machine } from './machine.ts';
import type { VirtualizationInfo } from './system-info.ts';

type Cloud = VirtualizationInfo['cloud'];

/** The cloud by everything that is read of the machine but CPUID; `evidence` where it was collected already. */
export function describeCloud(
  machine: Machine,
  evidence: readonly Evidence[] = firmwareEvidence(machine),
): Cloud {
  const found = judgeCloud(evidence);
  if (found.available) return found;
  const texts = dmiTexts(machine.files);
  return texts.available ? found : unavailable(`${found.reason}; no DMI (${texts.reason})`);
}

/**
 * Two kinds of sources that agree (DMI's texts, ACPI's tables, devices on the PCI bus) make it certain: a text is easily set,
 * a provider's devices are not. Sources that disagree leave a claim, with both sides told.
 */
export function judgeCloud(evidence: readonly Evidence[]): Cloud {
  const signs = evidence.filter(({ says }) => says.cloud !== undefined);
  const first = signs.find(({ says }) => says.product !== undefined) ?? signs[0];
  const provider = first?.says.cloud;
  if (first === undefined || provider === undefined) return unavailable('no sign of a cloud');
  const agreeing = signs.filter(({ says }) => says.cloud === provider);
  const others = signs.filter(({ says }) => says.cloud !== provider);
  return {
    available: true,
    value: { provider, product: first.says.product ?? null },
    source: [...agreeing, ...others].map(inWords).join('; '),
    confidence: confidenceOf(agreeing, others),
  };
}

function inWords({ source, found, says }: Evidence): string {
  return found.includes(says.cloud ?? '') ? `${source}: ${found}` : `${source}: ${found} (${says.cloud})`;
}

function confidenceOf(agreeing: readonly Evidence[], others: readonly Evidence[]): Confidence {
  if (others.length > 0) return 'claimed';
  return new Set(agreeing.map(({ source }) => kindOf(source))).size > 1 ? 'certain' : 'likely';
}

/** `/sys/class/dmi`, `/sys/bus/pci`, `/sys/firmware/acpi`. */
function kindOf(source: string): string {
  return source.split('/').slice(0, 4).join('/');
}
