// Brings what a machine lacks to run Vulkan programs, and says under which environment they find it.
// Prints nothing and knows nothing of Vulkan itself: devices are counted by a child process.
export { driverEnvironment } from './driver-environment.ts';
export { ensureDriver } from './ensure-driver.ts';
