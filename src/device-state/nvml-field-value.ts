// The layout of nvmlFieldValue_t, by which NVML answers what it has no function for, one number of one of several types.
// Knows the layout and nothing of what the fields mean. See nvml.h.
import { type Available, available, unavailable } from '../base/availability.ts';
import { type NvmlLibrary, succeeded } from './nvml-library.ts';

/** fieldId, scopeId, timestamp, latencyUsec, valueType, nvmlReturn, and the value in eight bytes. */
const BYTES = 40;
const OFFSET = { fieldId: 0, scopeId: 4, valueType: 24, nvmlReturn: 28, value: 32 } as const;

/** By nvmlValueType_t. The machines on which NVML runs are all little-endian. */
const READERS: readonly ((value: DataView) => number)[] = [
  (value) => value.getFloat64(OFFSET.value, true),
  (value) => value.getUint32(OFFSET.value, true),
  (value) => Number(value.getBigUint64(OFFSET.value, true)),
  (value) => Number(value.getBigUint64(OFFSET.value, true)),
  (value) => Number(value.getBigInt64(OFFSET.value, true)),
  (value) => value.getInt32(OFFSET.value, true),
  (value) => value.getUint16(OFFSET.value, true),
];

/** A field of NVML, which each have a number and a scope of a meaning of their own. */
export interface NvmlField {
  /** As nvml.h has it: `NVML_FI_DEV_NVLINK_THROUGHPUT_DATA_TX`. */
  readonly name: string;
  readonly id: number;
  /** UINT_MAX means all links where the scope is a link. */
  readonly scope: number;
}

/** Reads one field of a device, in its own unit. */
export function readField(nvml: NvmlLibrary, handle: unknown, field: NvmlField): Available<number> {
  const view = new DataView(new ArrayBuffer(BYTES));
  view.setUint32(OFFSET.fieldId, field.id, true);
  view.setUint32(OFFSET.scopeId, field.scope, true);
  const asked = succeeded(
    nvml,
    'nvmlDeviceGetFieldValues',
    nvml.fieldValues(handle, 1, new Uint8Array(view.buffer)),
  );
  if (!asked.available) return asked;
  const answered = succeeded(nvml, field.name, view.getInt32(OFFSET.nvmlReturn, true));
  if (!answered.available) return answered;
  const read = READERS[view.getUint32(OFFSET.valueType, true)];
  return read === undefined
    ? unavailable(`NVML: ${field.name}: it has a type of number that nvml.h did not know`)
    : available(read(view));
}
