import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { checkedAddress, functionOfRenderNode, locateFunction } from '../../src/virt/pci-address.ts';
import { numbers, recordMachine } from './attachment-fixture.ts';

describe('checkedAddress()', () => {
  it.each([
    ['0000:41:00.0', '0000:41:00.0'],
    ['10000:E1:00.7\n', '10000:e1:00.7'],
  ])('accepts %j', (text, address) => {
    expect(checkedAddress(text)).toEqual({ available: true, value: address });
  });

  it.each(['', '01:00.0', '0000:01:00.8', '0000:01:20.0', '0000:01:00.0/..', '../0000:01:00.0', '\u001b[2J'])(
    'refuses %j, and shows nothing that moves a cursor',
    (text) => {
      const checked = checkedAddress(text);
      expect(checked).toMatchObject({
        available: false,
        reason: expect.stringMatching(/ is no address of a PCI function$/),
      });
      expect(checked.available ? '' : checked.reason).not.toContain('\u001b');
    },
  );
});

describe('functionOfRenderNode()', () => {
  const CHAR = '/sys/dev/char/226:128';

  it('follows the link of the node to its device', () => {
    using recorded = recordMachine({ links: { [`${CHAR}/device`]: '../../../0000:01:00.0' } });
    const { files } = recorded.machine;
    expect(functionOfRenderNode('226:128', files)).toEqual({ available: true, value: '0000:01:00.0' });
  });

  it('finds the function around a device of the virtio bus', () => {
    const links = {
      [CHAR]: '../../devices/pci0000:00/0000:00:02.0/virtio1/drm/renderD128',
      [`${CHAR}/device`]: '../../../virtio1',
    };
    using recorded = recordMachine({ links });
    expect(functionOfRenderNode('226:128', recorded.machine.files)).toMatchObject({ value: '0000:00:02.0' });
  });

  it('says where a device is that is on no PCI bus, and what is no node', () => {
    using recorded = recordMachine({ links: { [`${CHAR}/device`]: '../../../fb000000.gpu' } });
    const reason = (node: string): string => {
      const found = functionOfRenderNode(node, recorded.machine.files);
      return found.available ? '' : found.reason;
    };
    expect(reason('226:128')).toBe('render node 226:128 belongs to fb000000.gpu, which is on no PCI bus');
    expect(reason('226:129')).toContain('/sys/dev/char/226:129/device');
    expect(reason('../../etc')).toBe('the numbers of the render node are none');
  });
});

describe('locateFunction()', () => {
  const none = unavailable('not told');

  it('takes the address of Vulkan where this machine has it', () => {
    using recorded = recordMachine({
      functions: { '0000:01:00.0': numbers('10de:2330') },
      links: { '/sys/dev/char/226:128/device': '../../../0000:02:00.0' },
    });
    const keys = { pciAddress: available('0000:01:00.0'), renderNode: available('226:128') };
    expect(locateFunction(keys, recorded.machine.files)).toMatchObject({
      address: { value: '0000:01:00.0' },
      byRenderNode: { value: '0000:02:00.0' },
    });
  });

  it('says which extension is missing where there is neither', () => {
    using recorded = recordMachine({});
    const located = locateFunction({ pciAddress: none, renderNode: none }, recorded.machine.files);
    expect(located.address).toBe(none);
  });
});
