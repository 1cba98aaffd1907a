// The error that this suite does not provoke. A row with a reason is better than a missing one: a reader who looks for
// it learns what is known.
import { defineHostBenchmark, GuestmarkError } from 'guestmark';

export default defineHostBenchmark({
  name: 'device-lost',
  summary: 'The loss of the device, or a submission that fails: never provoked, always skipped',
  category: 'host',
  explanation: {
    method:
      'None. A healthy device is lost, and a submission fails, only by what Vulkan forbids, by a fault of the hardware, or by a kernel that never ends; the last takes the GPU from everybody for as long as the driver allows it, for ever where it has no watchdog, and a reset by the host may take other guests with it.',
    limit:
      'How soon a hang is detected is the choice of the driver (after 2 s by default on Windows; after seconds, or never, on Linux), and in a guest also of the host. What this program adds: the first call that returns VK_ERROR_DEVICE_LOST fails its case, the samples so far are kept, nothing is called or freed any more, and the process ends; the next case runs in a new process with a new device. A device that says nothing is given up after --timeout.',
    verification:
      'That a loss is noticed at the call that reports it is tested with a device that pretends one. Whether a device can be used after an error that is no loss is what over-allocation, wait-timeout, refused-layer and refused-extension verify.',
    sources: ['Vulkan specification, Lost Device', 'GPU-Virt-Bench, ERR'],
  },
  axes: {},
  suites: { host: {}, full: {} },
  operation: () => {
    throw new GuestmarkError(
      'unsupported',
      'Cannot run device-lost: no valid use of a healthy device loses it, and a kernel that never ends would take the GPU from everybody',
    );
  },
});
