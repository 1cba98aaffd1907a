// The machine that is described: this one, or a recorded one. Everything that src/virt learns it learns through here, so that
// any machine can be a test. Holds no knowledge of what the answers mean.
import type { Available } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import type { ReadCpuid } from '../timing/cpuid.ts';

/** What can be asked of a machine. */
export interface Machine {
  /** Files, folders and links by their absolute paths; whatever they hold, asking never throws. */
  readonly files: SystemFiles;
  /** The root below which `files` reads; `/` is this machine. */
  readonly root: string;
  /** Whether it is this machine, now: only then can counters be opened and instructions be timed. */
  readonly live: boolean;
  readonly cpuid: Available<ReadCpuid>;
  /** As Node names it: `x64`, `arm64`, `ppc64`, `s390x`. */
  readonly architecture: string;
  /** Of the variables of this process only those that tell of containers and schedulers: {@link TELLING_VARIABLES}. */
  readonly variables: Readonly<Partial<Record<TellingVariable, string>>>;
  /**
   * How the vendor's own driver says that it is virtualized, by the PCI address of a device. Loads native code on this
   * machine: not for a process that must not crash.
   */
  driverMode(address: string): Available<DriverMode>;
}

/** A vendor's answer as it stands, undecoded. */
export interface DriverMode {
  /** NVML: nvmlGpuVirtualizationMode_t; amdgpu: bits 8 and 9 of ids_flags of AMDGPU_INFO_DEV_INFO. */
  readonly library: 'NVML' | 'amdgpu';
  readonly mode: number;
  /** NVML tells a device that is an instance of MIG, and the name of the vGPU's profile, apart from the mode. */
  readonly mig: boolean;
}

/** Variables by which containers and schedulers make themselves known. A recording holds these and no others. */
export const TELLING_VARIABLES = [
  'container',
  'KUBERNETES_SERVICE_HOST',
  'APPTAINER_CONTAINER',
  'APPTAINER_NAME',
  'SINGULARITY_CONTAINER',
  'SINGULARITY_NAME',
  'FLATPAK_ID',
  'SNAP',
  'SLURM_JOB_ID',
  'WSL_DISTRO_NAME',
  'WSL_INTEROP',
] as const;

export type TellingVariable = (typeof TELLING_VARIABLES)[number];
