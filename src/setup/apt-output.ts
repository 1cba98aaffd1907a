// Reads what apt-get prints in the C locale: packages, sizes and failures. Pure; runs nothing.
import { type Available, available, unavailable } from '../base/availability.ts';
import { formatBytes } from '../base/units.ts';

/** A package that apt-get would fetch. */
export interface AptPackage {
  readonly name: string;
  readonly version: string;
  readonly downloadBytes: number;
}

/** What `apt-get install` would do. */
export interface AptPlan {
  readonly packages: readonly AptPackage[];
  readonly downloadBytes: number;
  /** Additional disk space, rounded by apt-get to three or four digits. */
  readonly diskBytes: Available<number>;
}

/** Parses the output of `apt-get --print-uris -y install …`. */
export function parseAptPlan(stdout: string): AptPlan {
  const packages = stdout.split('\n').flatMap(parsePackageLine);
  const downloadBytes = packages.reduce((sum, { downloadBytes: bytes }) => sum + bytes, 0);
  return { packages, downloadBytes, diskBytes: parseDiskBytes(stdout) };
}

/** A line such as `'http://…/a.deb' libllvm15_1%3a15.0.6-4+b1_amd64.deb 23115156 MD5Sum:…`. */
function parsePackageLine(line: string): AptPackage[] {
  const match = /^'[^']+' ([^_ ]+)_([^_ ]+)_[^_ ]+\.deb (\d+)\b/.exec(line);
  if (match?.[1] === undefined || match[2] === undefined) return [];
  return [{ name: match[1], version: decodeURIComponent(match[2]), downloadBytes: Number(match[3]) }];
}

const UNIT_BYTES: Readonly<Record<string, number>> = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9 };

function parseDiskBytes(stdout: string): Available<number> {
  const match =
    /([\d.,]+) (B|kB|MB|GB) (?:of additional disk space will be used|disk space will be freed)/.exec(stdout);
  const unit = UNIT_BYTES[match?.[2] ?? ''];
  if (match?.[1] === undefined || unit === undefined) return unavailable('apt-get did not say');
  return available(match[0].endsWith('freed') ? 0 : Number(match[1].replaceAll(',', '')) * unit);
}

/** `27 packages, 48.7 MiB to download, 213 MiB on disk`. */
export function describeAptPlan(plan: AptPlan): string {
  const count = plan.packages.length === 1 ? '1 package' : `${plan.packages.length} packages`;
  const disk = plan.diskBytes.available ? `, ${formatBytes(plan.diskBytes.value)} on disk` : '';
  return `${count}, ${formatBytes(plan.downloadBytes)} to download${disk}`;
}

/** Why apt-get failed: its first error, else its first warning, else its last line. */
export function aptFailure(...outputs: readonly string[]): string {
  const lines = outputs.flatMap((output) => output.split('\n')).map((line) => line.trim());
  const line =
    lines.find((text) => text.startsWith('W: Failed to fetch')) ??
    lines.find((text) => text.startsWith('E: ')) ??
    lines.findLast((text) => text !== '');
  return line === undefined ? 'apt-get said nothing' : line.replace(/^[EW]: /, '').replace(/\.$/, '');
}
