/// <reference lib="esnext.disposable" preserve="true" />
// The public subpath `guestmark/system`: what a machine is, this one or a recorded one, with the evidence. Importing it loads
// nothing native; describing this machine executes CPUID.
export type { Available, Unavailable } from '../base/availability.ts';
export type { SystemFiles } from '../base/system-files.ts';
export { type DescribeOptions, describeSystem } from './describe-system.ts';
export { type DumpOptions, dumpMachine } from './dump-machine.ts';
export type { Contradiction, Evidence, HypervisorId, MonitorId } from './evidence.ts';
export type { Confidence, Finding } from './finding.ts';
export type {
  AttachmentKind,
  AttachmentSubject,
  GpuAttachment,
  PciBar,
  PciFacts,
} from './gpu-attachment.ts';
export { judgeAttachment } from './judge-attachment.ts';
export type { DriverMode, Machine } from './machine.ts';
export { type RecordedMachine, recordedMachine, thisMachine } from './open-machine.ts';
export type {
  ContainerClaim,
  ContainerId,
  ContainerInfo,
  CpuInfo,
  CpuidSignature,
  ExitCost,
  GpuFunction,
  HypervisorFeature,
  KernelInfo,
  MemoryInfo,
  Named,
  NamespaceInfo,
  SystemInfo,
  VirtualizationInfo,
} from './system-info.ts';
