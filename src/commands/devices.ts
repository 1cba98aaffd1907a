// `guestmark devices`: what Vulkan offers here. Asked in a child process, because loading a driver can
// crash.
import { GuestmarkError } from '../base/errors.ts';
import { listDevicesInChild } from '../isolation/list-devices.ts';
import { devicesTable } from '../report/devices-table.ts';
import { driverEnvironment } from '../setup/index.ts';
import { EXIT } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** Runs the command; see its help for the options. */
export async function devicesCommand(
  options: { readonly binding: 'auto' | 'nvk' | 'koffi'; readonly json: boolean },
  terminal: Terminal,
): Promise<number> {
  const devices = await listDevicesInChild(options.binding, driverEnvironment());
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
