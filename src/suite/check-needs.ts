// What a device must have before a case is prepared on it, as the benchmark says; what kernels need besides is found out
// from their SPIR-V.
import { GuestmarkError } from '../base/errors.ts';
import type { DeviceInfo } from '../vulkan/device-info.ts';
import { callBenchmark } from './call-benchmark.ts';
import type { Case } from './case-id.ts';

/** @throws GuestmarkError (unsupported) naming what the device lacks. */
export function checkNeeds({ id, benchmark, axes }: Case, device: DeviceInfo): void {
  const { features, extensions } = device;
  if (benchmark.obstacle !== undefined)
    throw new GuestmarkError('unsupported', `Cannot run ${id}: ${benchmark.obstacle}`);
  const missing = (benchmark.needs ?? []).filter(
    (name) => !features.includes(name) && !extensions.includes(name),
  );
  if (missing.length === 0) {
    checkSkips({ id, benchmark, axes }, device);
    return;
  }
  throw new GuestmarkError('unsupported', `Cannot run ${id}: the device lacks ${missing.join(', ')}`, {
    hint: '`guestmark devices --json` lists the features and extensions of every device',
  });
}

/** What the benchmark itself makes of the device. */
function checkSkips({ id, benchmark, axes }: Case, device: DeviceInfo): void {
  const reason = callBenchmark(id, 'skips()', () => benchmark.skips?.(axes, device) ?? null);
  if (reason !== null) throw new GuestmarkError('unsupported', `Cannot run ${id}: ${reason}`);
}
