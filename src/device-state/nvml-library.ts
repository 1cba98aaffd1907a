// NVIDIA's management library as the driver installs it, called through koffi: only the functions that a reading needs, each
// optional, because drivers are of many ages. Loaded on first use; knows nothing of what the figures mean.
import { createRequire } from 'node:module';
import { type Available, available, unavailable } from '../base/availability.ts';

/** A device's handle; never looked into. */
type Handle = unknown;

/** What a driver answers: 0 is success (nvmlReturn_t). */
type Code = number;

/** 64 bits: a number where it is an exact one. */
type Wide = number | bigint;

/** The functions, by their names in nvml.h without prefix. */
export interface NvmlLibrary {
  init(): Code;
  /** Takes `0000:01:00.0`. */
  handleByPciBusId(busId: string, handle: [Handle]): Code;
  /** `clock` is an nvmlClockType_t; MHz. */
  clockInfo(handle: Handle, clock: number, megahertz: [number]): Code;
  /** `sensor` 0 is the GPU; °C. */
  temperature(handle: Handle, sensor: number, celsius: [number]): Code;
  powerUsage(handle: Handle, milliwatts: [number]): Code;
  /** Bits of nvmlClocksEventReasons; the older name where the driver has only that. */
  clocksEventReasons(handle: Handle, reasons: [number]): Code;
  utilizationRates(handle: Handle, rates: [{ gpu: number; memory: number }]): Code;
  /** An nvmlGpuVirtualizationMode_t: 0 none, 1 passthrough, 2 vGPU, 3 host of vGPUs, 4 host of vSGA. */
  virtualizationMode(handle: Handle, mode: [number]): Code;
  /** Whether it is cut into instances (1), now and after the next reset. */
  migMode(handle: Handle, current: [number], pending: [number]): Code;
  /** 1 where the handle is an instance and no whole device. */
  isMigDeviceHandle(handle: Handle, isInstance: [number]): Code;
  /** Packets that were sent again on the PCIe link; 32 bits. */
  pcieReplayCounter(handle: Handle, replays: [number]): Code;
  currPcieLinkGeneration(handle: Handle, generation: [number]): Code;
  maxPcieLinkGeneration(handle: Handle, generation: [number]): Code;
  currPcieLinkWidth(handle: Handle, lanes: [number]): Code;
  maxPcieLinkWidth(handle: Handle, lanes: [number]): Code;
  /** `counter` is an nvmlPcieUtilCounter_t; KB/s over 20 ms, for which the call waits. */
  pcieThroughput(handle: Handle, counter: number, kilobytesPerSecond: [number]): Code;
  /** Since the driver was loaded; mJ. */
  totalEnergyConsumption(handle: Handle, millijoules: [Wide]): Code;
  /** `kind` is an nvmlMemoryErrorType_t, `counter` an nvmlEccCounterType_t. */
  totalEccErrors(handle: Handle, kind: number, counter: number, errors: [Wide]): Code;
  /** Fills in `count` nvmlFieldValue_t: nvml-field-value.ts knows their layout. */
  fieldValues(handle: Handle, count: number, values: Uint8Array): Code;
  /** A code in words. */
  errorString(code: Code): string;
  shutdown(): Code;
}

/** Loads the library, or says why not. */
export function loadNvml(file = 'libnvidia-ml.so.1'): Available<NvmlLibrary> {
  try {
    const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi');
    return available(bindFunctions(koffi, koffi.load(file)));
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return unavailable(`NVML: ${file}: ${text.split('\n')[0]?.replace(/\.$/, '')}`);
  }
}

/** Whether a call succeeded, or why not, in NVML's own words. `what` names the function, or what it is asked. */
export function succeeded(nvml: NvmlLibrary, what: string, code: number): Available<null> {
  return code === 0 ? available(null) : unavailable(`NVML: ${what}: ${nvml.errorString(code)}`);
}

/** NVML_ERROR_FUNCTION_NOT_FOUND. */
const FUNCTION_NOT_FOUND = 13;

function bindFunctions(
  koffi: typeof import('koffi'),
  library: ReturnType<typeof import('koffi')['load']>,
): NvmlLibrary {
  const bind = <F>(declaration: string): F => library.func(declaration) as unknown as F;
  const optional = <F>(...declarations: readonly string[]): F => {
    for (const declaration of declarations) {
      try {
        return bind<F>(declaration);
      } catch {
        // An older driver lacks it: the next name, or no such figure.
      }
    }
    return (() => FUNCTION_NOT_FOUND) as unknown as F;
  };
  const rates = koffi.struct({ gpu: 'unsigned int', memory: 'unsigned int' });
  const utilization = library.func('nvmlDeviceGetUtilizationRates', 'int', [
    'void *',
    koffi.out(koffi.pointer(rates)),
  ]) as unknown as NvmlLibrary['utilizationRates'];
  return {
    init: bind<NvmlLibrary['init']>('int nvmlInit_v2()'),
    handleByPciBusId: bind<NvmlLibrary['handleByPciBusId']>(
      'int nvmlDeviceGetHandleByPciBusId_v2(const char *bus, _Out_ void **device)',
    ),
    utilizationRates: utilization,
    ...bindState(optional),
    ...bindVirtualization(optional),
    ...bindPcie(optional),
    totalEnergyConsumption: optional<NvmlLibrary['totalEnergyConsumption']>(
      'int nvmlDeviceGetTotalEnergyConsumption(void *device, _Out_ unsigned long long *millijoules)',
    ),
    totalEccErrors: optional<NvmlLibrary['totalEccErrors']>(
      'int nvmlDeviceGetTotalEccErrors(void *device, int kind, int counter, _Out_ unsigned long long *errors)',
    ),
    fieldValues: optional<NvmlLibrary['fieldValues']>(
      'int nvmlDeviceGetFieldValues(void *device, int count, void *values)',
    ),
    errorString: bind<NvmlLibrary['errorString']>('const char *nvmlErrorString(int code)'),
    shutdown: bind<NvmlLibrary['shutdown']>('int nvmlShutdown()'),
  };
}

type StateFunction = 'clockInfo' | 'temperature' | 'powerUsage' | 'clocksEventReasons';

function bindState(optional: <F>(...declarations: readonly string[]) => F): Pick<NvmlLibrary, StateFunction> {
  const reasons = '(void *device, _Out_ unsigned long long *reasons)';
  return {
    clockInfo: optional('int nvmlDeviceGetClockInfo(void *device, int type, _Out_ unsigned int *clock)'),
    temperature: optional(
      'int nvmlDeviceGetTemperature(void *device, int sensor, _Out_ unsigned int *celsius)',
    ),
    powerUsage: optional('int nvmlDeviceGetPowerUsage(void *device, _Out_ unsigned int *milliwatts)'),
    clocksEventReasons: optional(
      `int nvmlDeviceGetCurrentClocksEventReasons${reasons}`,
      `int nvmlDeviceGetCurrentClocksThrottleReasons${reasons}`,
    ),
  };
}

type VirtualizationFunction = 'virtualizationMode' | 'migMode' | 'isMigDeviceHandle';

function bindVirtualization(
  optional: <F>(declaration: string) => F,
): Pick<NvmlLibrary, VirtualizationFunction> {
  return {
    virtualizationMode: optional(
      'int nvmlDeviceGetVirtualizationMode(void *device, _Out_ unsigned int *mode)',
    ),
    migMode: optional(
      'int nvmlDeviceGetMigMode(void *device, _Out_ unsigned int *current, _Out_ unsigned int *pending)',
    ),
    isMigDeviceHandle: optional(
      'int nvmlDeviceIsMigDeviceHandle(void *device, _Out_ unsigned int *isInstance)',
    ),
  };
}

type PcieFunction =
  | 'pcieReplayCounter'
  | 'currPcieLinkGeneration'
  | 'maxPcieLinkGeneration'
  | 'currPcieLinkWidth'
  | 'maxPcieLinkWidth'
  | 'pcieThroughput';

function bindPcie(optional: <F>(declaration: string) => F): Pick<NvmlLibrary, PcieFunction> {
  const number = (name: string): ((handle: Handle, into: [number]) => Code) =>
    optional(`int nvmlDeviceGet${name}(void *device, _Out_ unsigned int *value)`);
  return {
    pcieReplayCounter: number('PcieReplayCounter'),
    currPcieLinkGeneration: number('CurrPcieLinkGeneration'),
    maxPcieLinkGeneration: number('MaxPcieLinkGeneration'),
    currPcieLinkWidth: number('CurrPcieLinkWidth'),
    maxPcieLinkWidth: number('MaxPcieLinkWidth'),
    pcieThroughput: optional<NvmlLibrary['pcieThroughput']>(
      'int nvmlDeviceGetPcieThroughput(void *device, int counter, _Out_ unsigned int *value)',
    ),
  };
}
