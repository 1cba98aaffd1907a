// What VMware's host tells a guest through its library: the time that it took, the limits that it set, and the state of the
// host. Counts are only compared within one session: where the machine was moved or resumed they began anew elsewhere.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { CounterContext, CounterGroupDefinition, CounterSource } from './counter.ts';
import { type CounterRow, inUnit, rowSource } from './counter-rows.ts';
import { type GuestSdkLibrary, openGuestSdkLibrary } from './guest-sdk-library.ts';
import { GUEST_SDK_VALUES, type GuestSdkValue } from './guest-sdk-values.ts';
import { vmwareSignature } from './vmware-signature.ts';

const ID = 'vmware-guest-sdk';

export const VMWARE_GUEST_SDK: CounterGroupDefinition = {
  id: ID,
  title: "VMware's view of this machine and its host, by its guest SDK",
  open: (context) => openVmwareGuestSdk(context),
};

/**
 * Opens the counters.
 *
 * @param library The library's file, whatever the hypervisor; by default that of open-vm-tools, and only where CPUID says VMware.
 */
export function openVmwareGuestSdk({ machine }: CounterContext, library?: string): Available<CounterSource> {
  const isVmware = library === undefined ? vmwareSignature(machine) : available(null);
  if (!isVmware.available) return isVmware;
  const opened = openGuestSdkLibrary(library === undefined ? undefined : [library]);
  if (!opened.available) return opened;
  const sdk = opened.value;
  const session = openSession(sdk);
  if (!session.available) {
    sdk[Symbol.dispose]();
    return session;
  }
  return available(
    rowSource(
      GUEST_SDK_VALUES.map((value) => rowOf(value, sdk, session.value)),
      { slow: false, prepare: session.value.update, close: () => sdk[Symbol.dispose]() },
    ),
  );
}

/** The session in which the counters were opened. */
interface Session {
  /** Takes new values, and notices whether they are of another session. */
  update(): Available<null>;
  /** Nothing while it lasts; then why its counts are lost, for ever: no later one can be compared with one from before. */
  lasts(): Available<null>;
}

function openSession(sdk: GuestSdkLibrary): Available<Session> {
  const updated = sdk.update();
  if (!updated.available) return updated;
  const first = sdk.sessionId();
  if (!first.available) return first;
  let lasts: Available<null> = available(null);
  return available({
    update: () => {
      const again = sdk.update();
      if (!again.available) return again;
      const now = sdk.sessionId();
      if (lasts.available) lasts = judged(now, first.value);
      return again;
    },
    lasts: () => lasts,
  });
}

function judged(now: Available<number | bigint>, first: number | bigint): Available<null> {
  if (!now.available) return now;
  return now.value === first
    ? available(null)
    : unavailable(
        'reset: the session changed (the machine was moved, resumed or set back), and its counts began anew',
      );
}

const LARGEST = 2 ** 32 - 1;

function rowOf(value: GuestSdkValue, sdk: GuestSdkLibrary, session: Session): CounterRow {
  const { name, unit, kind, scale, description, bits } = value;
  const get = sdk.value(value.function, bits);
  const read = (): Available<number> => {
    const raw = get();
    if (!raw.available) return raw;
    if (value.limit && raw.value === LARGEST) return unavailable('no limit is set');
    return available(inUnit(raw.value, scale));
  };
  return {
    counter: {
      name: `${ID}:${name}`,
      unit,
      kind,
      description,
      source: `VMGuestLib_Get${value.function}`,
      step: scale === 1 ? null : scale,
      wrapBits: null,
      scale,
    },
    read: () => {
      const lasts = kind === 'gauge' ? available(null) : session.lasts();
      return lasts.available ? read() : lasts;
    },
  };
}
