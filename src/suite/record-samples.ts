// Samples a case and turns what was read into the columns of its record, also where sampling fails half-way.
import { mapAvailable } from '../base/availability.ts';
import type { Case } from './case-id.ts';
import type { CaseRecord } from './case-record.ts';
import { deviceClockOf } from './device-clock.ts';
import { type Sampled, sampleCase } from './sample-case.ts';
import { sampleColumns } from './sample-columns.ts';
import type { RawSample } from './sample-store.ts';
import type { Session } from './session.ts';
import { countingCpus, samplingStealOf } from './steal-count.ts';
import { timestampFaults } from './timestamp-faults.ts';

/** Samples into the record, also what was sampled before a failure; returns how many submissions that were. */
export async function recordSamples(
  session: Session,
  one: Case,
  sampled: Sampled,
  record: CaseRecord,
): Promise<number> {
  const { device, clocks, options, epochNs } = session;
  const samples: RawSample[] = [];
  let unkept = 0;
  const endCounters = clocks.watchCounters();
  const endSteal = clocks.countSteal();
  const endInterrupts = clocks.watchInterrupts();
  try {
    const sampling = await sampleCase(session, one, sampled, samples);
    record.stopReason = sampling.stopReason;
    record.notes.push(...sampling.notes);
    unkept = sampling.unkept;
  } finally {
    record.interrupts = endInterrupts();
    record.counters = endCounters();
    const counter = { validBits: device.timestampValidBits, periodNs: device.timestampPeriodNs };
    const { software } = device.info;
    const { ledger } = options;
    const { snapshot, verdict, offCpu, stamp } = clocks;
    const isMonotonic = stamp.name === 'CLOCK_MONOTONIC';
    const monotonicEpochNs = isMonotonic ? stamp.epochSeconds * 1e9 : null;
    const clocksOf = { traits: snapshot, verdict, offCpu, monotonicEpochNs };
    const how = { ...clocksOf, counter, epochNs, ledger, software, isWhole: sampled.isWhole === true };
    record.samplingSteal = mapAvailable(endSteal(), (count) =>
      samplingStealOf(count, countingCpus(samples, { software, timeslices: snapshot.runQueue.available })),
    );
    record.deviceClock = deviceClockOf(samples, counter);
    record.timestampFaults = timestampFaults(
      samples.filter(({ ticks }) => sampled.timestamps || ticks !== null),
      counter,
    );
    record.samples = samples.length === 0 ? null : sampleColumns(samples, how);
  }
  return samples.length + unkept;
}
