// What a session on the software device is asked for where a program opens one by itself: the plainest, so that what such programs
// count is the driver's and ours, and nothing of the machine.

/** A request of src/isolation/open-session.ts. */
export function softwareDevice(binding, parts = {}) {
  return {
    device: 'llvmpipe',
    queueFamily: null,
    binding,
    validate: false,
    robustBufferAccess: false,
    pin: 'none',
    stalls: false,
    counters: 'none',
    ...parts,
  };
}

/** How a case is sampled: as briefly as it can be. */
export const BRIEF = {
  run: 1,
  minTimeNs: 1e4,
  maxTimeNs: 1e5,
  timeoutNs: 60e9,
  seed: 1,
  wait: 'block',
  ledger: true,
  verify: 'around',
  memoryLimitBytes: null,
  dumpFolder: null,
};

/** A session of src/suite/session.ts that nobody interrupts. */
export function plainSession(opened, parts = {}) {
  return {
    ...opened,
    options: BRIEF,
    epochNs: opened.clocks.stamp.nowNs(),
    interrupted: () => false,
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    ...parts,
  };
}
