// The machine a run happened on, as far as the figures need it. What hypervisor it is and how the GPU is attached is described
// by src/virt, whose word is taken; here is only what decides whether numbers are comparable.
import { arch, cpus, hostname, loadavg, platform, release, totalmem } from 'node:os';
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import type { SystemRecord } from '../report/report.ts';

/**
 * Describes this machine.
 *
 * @param environment Of the processes that measure.
 * @param virtual Whether it is a virtual machine, as the machine's description has it.
 */
export function systemRecord(
  files: SystemFiles,
  environment: NodeJS.ProcessEnv,
  virtual: Available<boolean>,
): SystemRecord {
  const processors = cpus();
  const model = processors[0]?.model;
  return {
    hostname: hostname(),
    platform: platform(),
    osRelease: mapAvailable(files.read('/etc/os-release'), prettyName),
    linuxRelease: release(),
    architecture: arch(),
    cpuModel:
      model === undefined || model === '' ? unavailable('the system does not name it') : available(model),
    cpuCount: processors.length,
    memoryBytes: totalmem(),
    loadAverage: loadavg(),
    clocksource: mapAvailable(
      files.read('/sys/devices/system/clocksource/clocksource0/current_clocksource'),
      (text) => text.trim(),
    ),
    hypervisorPresent: mapAvailable(virtual, (value) => value),
    driverVariables: driverVariables(environment),
  };
}

function prettyName(osRelease: string): string {
  return /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(osRelease)?.[1] ?? 'unnamed';
}

/** Of the Vulkan loader and its layers, of Mesa and its drivers and compilers, of NVIDIA's driver, of SwiftShader. */
const DRIVER_PREFIXES =
  /^(VK_|MESA_|LP_|LVP_|GALLIVM_|GALLIUM_|NIR_|RADV_|AMD_|ACO_|ANV_|INTEL_|NVK_|NAK_|NOUVEAU_|TU_|V3D_|PANVK_|DRI_|ZINK_|__GL_|__NV_|NVIDIA_|SWIFTSHADER_)/;

/** The variables by which a driver can be made faster, slower or another one. */
function driverVariables(environment: NodeJS.ProcessEnv): Record<string, string> {
  const found = Object.entries(environment).filter(
    (entry): entry is [string, string] => DRIVER_PREFIXES.test(entry[0]) && entry[1] !== undefined,
  );
  return Object.fromEntries(found.sort(([one], [other]) => (one < other ? -1 : 1)));
}
