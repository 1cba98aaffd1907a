// Brings what a machine lacks to run Vulkan programs, and says under which environment they find it.
// Prints nothing and knows nothing of Vulkan itself: devices are counted by a child process.
export { cacheFolder } from './cache-folder.ts';
export { driverEnvironment } from './driver-environment.ts';
export { ensureDriver, type SetupOutcome, type SetupRequest } from './ensure-driver.ts';
export { type FoundDriver, findDriver } from './find-driver.ts';
export { describeMachine, type Machine } from './machine.ts';
export { type ProbeDevices, probeWithCli } from './probe-devices.ts';
export type { TestTool } from './test-tools.ts';
