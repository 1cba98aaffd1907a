// `guestmark devices`: what Vulkan offers here. Asked in a child process, because loading a driver can
// crash.
import { GuestmarkError } from '../base/errors.ts';
import { listDevicesInChild } from '../isolation/list-devices.ts';
import { listedAttachment } from '../isolation/listed-attachment.ts';
import { devicesTable } from '../report/devices-table.ts';
import { driverEnvironment } from '../setup/index.ts';
import { thisMachine } from '../virt/open-machine.ts';
import { describeVirtualization } from '../virt/virtualization.ts';
import { EXIT } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** Runs the command; see its help for the options. */
export async function devicesCommand(
  options: { readonly binding: 'auto' | 'nvk' | 'koffi'; readonly json: boolean },
  terminal: Terminal,
): Promise<number> {
  const listing = listDevicesInChild(options.binding, driverEnvironment());
  const machine = thisMachine();
  const virtualization = describeVirtualization(machine);
  const devices = (await listing).map((listed) => ({
    device: listed.device,
    attachment: listedAttachment(listed, machine, virtualization),
  }));
  if (devices.length === 0) {
    throw new GuestmarkError('environment', 'Cannot list devices: no Vulkan driver offers one', {
      hint: 'install the driver of your GPU, or run `guestmark setup` for a software device',
    });
  }
  terminal.print(
    options.json
      ? JSON.stringify(
          { devices: devices.map(({ device, attachment }) => ({ ...device, attachment })) },
          null,
          2,
        )
      : devicesTable(devices, { width: terminal.width, color: terminal.color }),
  );
  return EXIT.ok;
}
