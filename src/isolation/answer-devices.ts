// The process's answer to whoever asks for the Vulkan devices: each with how it is attached to this machine. Loads drivers and
// vendors' libraries, which may end the process.
import type { Available } from '../base/availability.ts';
import type { DriverMode } from '../virt/machine.ts';
import { thisMachine } from '../virt/open-machine.ts';
import { listDevices } from '../vulkan/index.ts';
import { attachmentJudge } from './attachment-subject.ts';
import type { ListedDevice } from './protocol.ts';

/** The devices in the order of their index. */
export function answerDevices(binding: 'auto' | 'nvk' | 'koffi'): readonly ListedDevice[] {
  const machine = thisMachine();
  let driverModes: Record<string, Available<DriverMode>> = {};
  const driverMode = (address: string): Available<DriverMode> => {
    const mode = machine.driverMode(address);
    driverModes[address] = mode;
    return mode;
  };
  const judge = attachmentJudge({ ...machine, driverMode });
  return listDevices(binding).map((device) => {
    driverModes = {};
    return { device, attachment: judge(device), driverModes };
  });
}
