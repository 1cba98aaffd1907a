// Which functions of the PCI bus compute or draw. Knows classes; what Vulkan makes of them, and how they are attached, is told
// elsewhere.
import type { SystemFiles } from '../base/system-files.ts';
import { certain, type Finding, findingOf } from './finding.ts';
import type { Machine } from './machine.ts';
import { functionFolder, PCI_DEVICES } from './pci-address.ts';
import { listPciFunctions, MOST_FUNCTIONS, type PciFunction, pciDriver } from './pci-functions.ts';
import { gpuName } from './pci-names.ts';
import type { GpuFunction } from './system-info.ts';

/**
 * Base class and subclass, by the PCI Code and ID Assignment Specification: VGA controller, 3D controller, other display
 * controller, processing accelerator.
 */
const GPU_CLASSES: ReadonlySet<number> = new Set([0x0300, 0x0302, 0x0380, 0x1200]);

/** GPUs and accelerators in the order of their addresses; an empty list where the bus has none. */
export function findGpuFunctions({ files }: Machine): Finding<readonly GpuFunction[]> {
  const functions = listPciFunctions(files);
  if (!functions.available) return functions;
  const gpus = functions.value.filter(({ classCode }) => GPU_CLASSES.has(classCode >> 8));
  const all = functions.value.length;
  const cut = all === MOST_FUNCTIONS ? ', which is as many as are read' : '';
  return certain(
    gpus.map((gpu) => describe(files, gpu)),
    `${PCI_DEVICES}, by class, of ${all} ${all === 1 ? 'function' : 'functions'}${cut}`,
  );
}

function describe(files: SystemFiles, gpu: PciFunction): GpuFunction {
  const { address, vendorId, deviceId } = gpu;
  const driver = findingOf(pciDriver(files, address), `${functionFolder(address)}/driver`);
  return { address, vendorId, deviceId, name: gpuName(gpu), driver };
}
