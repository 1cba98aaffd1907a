// A reading with its own cost, which goes into the report: a management library can take milliseconds, and whoever doubts
// that it disturbs the samples can look.
import type { DeviceState } from './device-state.ts';

/** Reads and measures how long that took. */
export function timedState(read: () => Omit<DeviceState, 'costNs'>): DeviceState {
  const startMs = performance.now();
  const state = read();
  return { ...state, costNs: Math.round((performance.now() - startMs) * 1e6) };
}
