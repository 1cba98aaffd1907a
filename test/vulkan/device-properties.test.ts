import koffi from 'koffi';
import { describe, expect, it } from 'vitest';
import { describeIdentity } from '../../src/vulkan/device-properties.ts';
import type { Instance } from '../../src/vulkan/instance.ts';
import { listDevices } from '../../src/vulkan/list-devices.ts';
import { structTable } from '../../src/vulkan/registry/structs.ts';
import { makeVersion } from '../../src/vulkan/version.ts';

const VERSION = makeVersion(1, 3, 0);
const PROPERTIES = { driverVersion: 7 } as never;
const DRM = 'VkPhysicalDeviceDrmPropertiesEXT';

/** What a driver writes into the structs of a chain, as 64-bit numbers by struct and member. */
type Written = Readonly<Record<string, Readonly<Record<string, bigint>>>>;

/** An instance whose driver finds its structs by walking the chain, as drivers do. */
function instanceWriting(written: Written): Instance {
  const fill = (memory: ArrayBuffer): void => {
    const view = new DataView(memory);
    const sType = view.getInt32(0, true);
    const known = Object.entries(structTable).find(([, one]) => one.sType === sType);
    if (known === undefined) throw new Error(`no struct has sType ${sType}`);
    const [name, layout] = known;
    for (const [member, value] of Object.entries(written[name] ?? {})) {
      const { offset, type } = layout.members[member] as { offset: number; type: string };
      if (type === 'i64') view.setBigInt64(offset, value, true);
      else view.setInt32(offset, Number(value), true);
    }
    const next = view.getBigUint64(8, true);
    if (next !== 0n) fill(koffi.view(next, sizeAt(next)));
  };
  const commands = { vkGetPhysicalDeviceProperties2: (_: bigint, memory: ArrayBuffer) => fill(memory) };
  return { commands } as unknown as Instance;
}

function sizeAt(address: bigint): number {
  const sType = new DataView(koffi.view(address, 4)).getInt32(0, true);
  return Object.values(structTable).find((one) => one.sType === sType)?.size ?? 16;
}

describe('describeIdentity()', () => {
  it('reads the render node and the driver of a device that has both', () => {
    const written = {
      [DRM]: { hasPrimary: 1n, hasRender: 1n, primaryMajor: 226n, renderMajor: 226n, renderMinor: 129n },
      VkPhysicalDeviceDriverProperties: { driverID: 22n },
      VkPhysicalDevicePCIBusInfoPropertiesEXT: { pciBus: 0x41n },
    };
    const extensions = ['VK_EXT_pci_bus_info', 'VK_EXT_physical_device_drm'];
    const identity = describeIdentity(instanceWriting(written), 1n, VERSION, extensions, PROPERTIES);
    expect(identity.renderNode).toEqual({ available: true, value: '226:129' });
    expect(identity.driver.id).toEqual({ available: true, value: 22 });
    expect(identity.pciAddress).toEqual({ available: true, value: '0000:41:00.0' });
  });

  it('says that a driver has no render node', () => {
    const instance = instanceWriting({ [DRM]: { hasPrimary: 1n, renderMajor: 226n } });
    const identity = describeIdentity(instance, 1n, VERSION, ['VK_EXT_physical_device_drm'], PROPERTIES);
    expect(identity.renderNode).toEqual({ available: false, reason: 'the driver has no render node' });
  });

  it('says what a device lacks that nobody can be asked for', () => {
    const identity = describeIdentity(instanceWriting({}), 1n, makeVersion(1, 1, 0), [], PROPERTIES);
    expect(identity.renderNode).toMatchObject({ reason: 'the device lacks VK_EXT_physical_device_drm' });
    expect(identity.driver).toMatchObject({ id: { available: false }, version: 7 });
    expect(describeIdentity(instanceWriting({}), 1n, makeVersion(1, 0, 0), [], PROPERTIES)).toMatchObject({
      renderNode: { reason: 'the device or the loader is older than Vulkan 1.1' },
      driver: { id: { available: false } },
    });
  });

  it('is asked of every device: that of this machine is llvmpipe', () => {
    const llvmpipe = listDevices().find(({ software }) => software);
    expect(llvmpipe?.driver.id).toEqual({ available: true, value: 13 });
  });
});
