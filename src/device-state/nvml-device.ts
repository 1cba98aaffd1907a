// A device as NVIDIA's management library knows it, found by its PCI address: opened by whoever reads something of it, and
// closed again. Knows nothing of what is read.
import { type Available, available } from '../base/availability.ts';
import { loadNvml, type NvmlLibrary, succeeded } from './nvml-library.ts';

/** An opened device; disposing gives the library back. */
export interface NvmlDevice extends Disposable {
  readonly nvml: NvmlLibrary;
  readonly handle: unknown;
}

/**
 * Opens a device.
 *
 * @param pciAddress `0000:01:00.0`.
 * @param library The library's file; the driver's own by default.
 */
export function openNvmlDevice(pciAddress: string, library?: string): Available<NvmlDevice> {
  const loaded = loadNvml(library);
  if (!loaded.available) return loaded;
  const nvml = loaded.value;
  const started = succeeded(nvml, 'nvmlInit_v2', nvml.init());
  if (!started.available) return started;
  const handle: [unknown] = [null];
  const found = succeeded(nvml, `no device at ${pciAddress}`, nvml.handleByPciBusId(pciAddress, handle));
  if (!found.available) {
    nvml.shutdown();
    return found;
  }
  return available({
    nvml,
    handle: handle[0],
    [Symbol.dispose]: () => {
      nvml.shutdown();
    },
  });
}
