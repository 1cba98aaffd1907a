import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { attachmentSubject } from '../../src/isolation/attachment-subject.ts';
import { certain, claimed, likely } from '../../src/virt/finding.ts';
import type { AttachmentSubject, GpuAttachment } from '../../src/virt/gpu-attachment.ts';
import { judgeAttachment } from '../../src/virt/judge-attachment.ts';
import { thisMachine } from '../../src/virt/open-machine.ts';
import { describeVirtualization } from '../../src/virt/virtualization.ts';
import { listDevices } from '../../src/vulkan/list-devices.ts';
import { BARE, GUEST, gpu, numbers, recordMachine } from './attachment-fixture.ts';

const ADDRESS = '0000:01:00.0';
const FOLDER = `/sys/bus/pci/devices/${ADDRESS}`;
const NOWHERE = unavailable('the device lacks VK_EXT_pci_bus_info');

/** The verdict on a device of a machine that has these parts. */
function judged(
  recording: Parameters<typeof recordMachine>[0],
  subject: AttachmentSubject,
  virtualization: Parameters<typeof judgeAttachment>[2] = GUEST,
): GpuAttachment {
  using recorded = recordMachine(recording);
  return judgeAttachment(subject, recorded.machine, virtualization);
}

/** A GPU of NVIDIA at its place, with NVML's answer. */
function nvidia(
  mode: number | null,
  subject: Partial<AttachmentSubject> = {},
  { mig = false, virtualization = GUEST, ids = numbers('10de:2330') } = {},
): GpuAttachment {
  const driverModes = mode === null ? {} : { [ADDRESS]: { library: 'NVML' as const, mode, mig } };
  return judged({ functions: { [ADDRESS]: ids }, driverModes }, gpu(subject), virtualization);
}

const kindOf = ({ kind }: GpuAttachment): unknown =>
  kind.available ? [kind.value, kind.confidence] : kind.reason;

describe("judgeAttachment() by the driver's word", () => {
  it('knows passthrough by NVML', () => {
    const attachment = nvidia(1);
    expect(attachment.kind).toEqual({
      available: true,
      value: 'passthrough',
      confidence: 'certain',
      source: 'NVML, nvmlDeviceGetVirtualizationMode: mode 1, passthrough',
    });
    expect(attachment.contradictions).toEqual([]);
    expect(attachment.pci).toMatchObject({ available: true, value: { address: ADDRESS } });
  });

  it('knows a vGPU by NVML, and its profile by its name', () => {
    const attachment = nvidia(2, { name: 'GRID T4-8Q' });
    expect(kindOf(attachment)).toEqual(['vgpu', 'certain']);
    expect(attachment.profile).toMatchObject({ value: 'T4-8Q' });
    expect(attachment.evidence.map(({ says }) => says)).toEqual(['vgpu', 'vgpu']);
    expect(attachment.contradictions).toEqual([]);
  });

  it('knows MIG, in a guest with the whole device and in a vGPU', () => {
    expect(kindOf(nvidia(1, {}, { mig: true }))).toEqual(['mig', 'certain']);
    const share = nvidia(2, { name: 'NVIDIA A100-1-5C' }, { mig: true });
    expect(kindOf(share)).toEqual(['mig', 'certain']);
    expect(share.profile).toMatchObject({ value: 'A100-1-5C' });
    expect(share.contradictions).toEqual([]);
  });

  it.each([
    [0, 'bare-metal'],
    [1, 'vgpu'],
    [2, 'passthrough'],
  ])('reads the mode %i of amdgpu as %s', (mode, says) => {
    const driverModes = { [ADDRESS]: { library: 'amdgpu' as const, mode, mig: false } };
    const subject = gpu({ name: 'AMD Instinct MI210 (RADV)', vendorId: 0x1002, deviceId: 0x740f });
    const recording = { functions: { [ADDRESS]: numbers('1002:740f') }, driverModes };
    const attachment = judged(recording, subject, mode === 0 ? BARE : GUEST);
    expect(kindOf(attachment)).toEqual([says, 'certain']);
  });

  it('does not know a mode of the future, and goes on to what else there is', () => {
    expect(kindOf(nvidia(9))).toEqual(['passthrough', 'likely']);
  });

  it('does not take a guest for bare metal because a driver does not know its hypervisor', () => {
    const attachment = nvidia(0);
    expect(kindOf(attachment)).toEqual(['passthrough', 'likely']);
    expect(attachment.contradictions).toEqual([
      {
        statement:
          'NVML, nvmlDeviceGetVirtualizationMode says bare-metal (mode 0, none), CPUID 0x00000001 says that this is a virtual machine',
        resolution: expect.stringMatching(/^passthrough: /),
        sources: ['NVML, nvmlDeviceGetVirtualizationMode', 'CPUID 0x00000001'],
      },
    ]);
  });

  it('believes the driver before signs of a guest that are likely only', () => {
    const virtualization = { ...GUEST, virtual: likely(true, 'DMI') };
    const attachment = nvidia(0, {}, { virtualization });
    expect(kindOf(attachment)).toEqual(['bare-metal', 'likely']);
    expect(attachment.contradictions).toMatchObject([{ resolution: expect.stringMatching(/^bare-metal: /) }]);
  });

  it('reports passthrough on a machine that shows no hypervisor', () => {
    const attachment = nvidia(1, {}, { virtualization: BARE });
    expect(kindOf(attachment)).toEqual(['passthrough', 'certain']);
    expect(attachment.contradictions).toMatchObject([
      { statement: expect.stringContaining('says that this is no virtual machine') },
    ]);
  });
});

describe('judgeAttachment() by numbers, names and links', () => {
  it('knows a virtual function whose physical one is in the same machine', () => {
    const attachment = judged(
      { functions: { [ADDRESS]: numbers('1002:74b5') }, links: { [`${FOLDER}/physfn`]: '../0000:00:08.0' } },
      gpu({ vendorId: 0x1002, deviceId: 0x74b5, name: 'AMD Instinct MI300X VF' }),
      BARE,
    );
    expect(kindOf(attachment)).toEqual(['vgpu', 'certain']);
    expect(attachment.evidence.map(({ says }) => says)).toEqual(['virtual-function', 'vgpu', 'vgpu']);
    expect(attachment.pci).toMatchObject({ value: { physicalFunction: { value: '0000:00:08.0' } } });
    expect(attachment.contradictions).toEqual([]);
  });

  it('knows a vGPU without NVML by its name, and by its subsystem', () => {
    expect(kindOf(nvidia(null, { name: 'NVIDIA A100-40C' }))).toEqual(['vgpu', 'likely']);
    const ids = numbers('10de:13f2', '10de:1150');
    const attachment = nvidia(null, { name: 'some GPU', deviceId: 0x13f2 }, { ids });
    expect(kindOf(attachment)).toEqual(['vgpu', 'likely']);
    expect(attachment.profile).toMatchObject({ value: 'M60-8Q' });
  });

  it('knows Venus by its driver, which shows the numbers of the host', () => {
    const subject = gpu({ name: 'Virtio-GPU Venus (NVIDIA H100)', driverId: available(22) });
    const attachment = judged({ functions: { [ADDRESS]: numbers('1af4:1050') } }, subject);
    expect(kindOf(attachment)).toEqual(['api-remoting', 'certain']);
    expect(attachment.evidence.map(({ found }) => found)).toEqual([
      'driver id 22, Venus, over virtio-gpu',
      '1af4:1050, virtio-gpu',
    ]);
    expect(attachment.contradictions).toEqual([]);
  });

  it("knows the host's CPU from this guest's", () => {
    const host = { software: true, type: 'cpu', pciAddress: NOWHERE } as const;
    const venus = gpu({ ...host, name: 'Virtio-GPU Venus (llvmpipe)', driverId: available(22) });
    expect(kindOf(judged({}, venus))).toEqual(['api-remoting', 'certain']);
    const gfxstream = gpu({
      ...host,
      name: 'Virtio-GPU GFXStream (SwiftShader Device)',
      driverId: available(10),
    });
    expect(kindOf(judged({}, gfxstream))).toEqual(['api-remoting', 'likely']);
    const warp = gpu({ ...host, name: 'Microsoft Direct3D12 (WARP)', driverId: available(23) });
    expect(kindOf(judged({}, warp))).toEqual(['software', 'certain']);
  });

  it('knows dzn of WSL, which is on no bus', () => {
    const subject = gpu({
      name: 'Microsoft Direct3D12 (NVIDIA GeForce RTX 4090)',
      driverId: available(23),
      pciAddress: NOWHERE,
    });
    const attachment = judged({ functions: { '5582:00:00.0': numbers('1414:008e') } }, subject);
    expect(kindOf(attachment)).toEqual(['api-remoting', 'certain']);
    expect(attachment.pci).toEqual(NOWHERE);
  });

  it('knows an adapter that only displays, and that no machine without hypervisor has it', () => {
    const recording = { functions: { [ADDRESS]: numbers('1b36:0100') } };
    const qxl = gpu({ name: 'QXL', vendorId: 0x1b36, deviceId: 0x100, driverId: unavailable('old') });
    expect(kindOf(judged(recording, qxl))).toEqual(['display-only', 'likely']);
    expect(judged(recording, qxl, BARE).contradictions).toMatchObject([
      { statement: expect.stringContaining('1b36:0100, QXL') },
    ]);
  });

  it('knows the proxy of gVisor, where there is no PCI bus', () => {
    const gvisor = {
      virtual: certain(true, 'the kernel'),
      hypervisor: certain({ id: 'gvisor' as const, name: 'gVisor' }, '/proc/version'),
    };
    const attachment = judged({}, gpu(), gvisor);
    expect(kindOf(attachment)).toEqual(['sandbox-proxy', 'certain']);
    expect(attachment.evidence).toMatchObject([{ found: 'gVisor, and the GPU is on no PCI bus' }]);
  });

  it('takes two devices that are one for a contradiction: a whole one, and a virtual adapter', () => {
    const driverModes = { [ADDRESS]: { library: 'NVML' as const, mode: 0, mig: false } };
    const recording = { functions: { [ADDRESS]: numbers('1af4:1050') }, driverModes };
    const { kind, contradictions } = judged(recording, gpu(), BARE);
    expect(kind).toMatchObject({ value: 'bare-metal' });
    expect(contradictions.map(({ statement }) => statement)).toEqual([
      expect.stringContaining('says api-remoting (1af4:1050, virtio-gpu)'),
      'Vulkan calls the device 10de:2330, sysfs 1af4:1050',
    ]);
  });
});

describe('judgeAttachment() by the machine alone', () => {
  it('takes a real device in a guest for passed through, and says that this is likely only', () => {
    expect(nvidia(null).kind).toMatchObject({
      value: 'passthrough',
      confidence: 'likely',
      source: `CPUID 0x00000001: a guest, and a PCI function of NVIDIA at ${ADDRESS}`,
    });
  });

  it('knows bare metal, as surely as the machine is known', () => {
    expect(kindOf(nvidia(null, {}, { virtualization: BARE }))).toEqual(['bare-metal', 'certain']);
    const virtualization = { ...BARE, virtual: claimed(false, 'somebody') };
    expect(kindOf(nvidia(null, {}, { virtualization }))).toEqual(['bare-metal', 'claimed']);
  });

  it("knows the control domain of Xen, which has the machine's devices", () => {
    const recording = {
      functions: { [ADDRESS]: numbers('10de:2330') },
      files: { '/proc/xen/capabilities': 'control_d\n' },
    };
    expect(kindOf(judged(recording, gpu()))).toEqual(['bare-metal', 'certain']);
  });

  it("knows the root partition of Hyper-V, which has the machine's devices", () => {
    const evidence = [
      {
        source: 'CPUID',
        found: 'root',
        says: { virtual: true, privileged: true },
        confidence: 'certain' as const,
      },
    ];
    const subject = { functions: { [ADDRESS]: numbers('10de:2330') } };
    expect(kindOf(judged(subject, gpu(), { ...GUEST, evidence }))).toEqual(['bare-metal', 'certain']);
  });

  it('knows the GPU of a chip by its render node', () => {
    const subject = gpu({ name: 'Mali-G610', pciAddress: NOWHERE, renderNode: available('226:128') });
    const links = { '/sys/dev/char/226:128/device': '../../../fb000000.gpu' };
    expect(judged({ links }, subject, BARE).kind).toMatchObject({
      value: 'bare-metal',
      confidence: 'likely',
      source: expect.stringContaining('fb000000.gpu'),
    });
  });

  it('says why nobody knows', () => {
    const none = { ...GUEST, virtual: unavailable('CPUID: not in the recording') };
    expect(kindOf(nvidia(null, {}, { virtualization: none }))).toBe(
      'no driver or name tells, and whether this is a virtual machine is not known (CPUID: not in the recording)',
    );
    expect(kindOf(judged({}, gpu()))).toMatch(/^in a guest, and not found on its PCI bus/);
    expect(kindOf(nvidia(null, { vendorId: 0x1234 }, { ids: numbers('abcd:0001') }))).toMatch(
      /^the maker of abcd:0001 is in no table; no driver's word/,
    );
    expect(kindOf(judged({}, gpu({ pciAddress: NOWHERE }), BARE))).toMatch(/^no hypervisor, and not found/);
  });

  it('finds the function by the render node, and tells when the two keys differ', () => {
    const recording = {
      functions: { '0000:00:05.0': numbers('10de:2330') },
      links: { '/sys/dev/char/226:128/device': '../../../0000:00:05.0' },
    };
    const attachment = judged(recording, gpu({ renderNode: available('226:128') }));
    expect(attachment.pci).toMatchObject({ value: { address: '0000:00:05.0' } });
    expect(attachment.contradictions).toMatchObject([
      { resolution: '0000:00:05.0: this machine has no PCI function at the other' },
    ]);
  });

  it.each(['../../../../etc', '0000:01:00.0/../..', '\u0000', '0000:01:00.0\n0000:02:00.0', 'x'.repeat(1e6)])(
    'survives an address of a stranger',
    (text) => {
      const attachment = judged(
        { functions: { [ADDRESS]: numbers('10de:2330') } },
        gpu({ pciAddress: available(text) }),
      );
      expect(attachment.pci).toMatchObject({ available: false });
      expect(kindOf(attachment)).toMatch(/^in a guest, and not found/);
    },
  );

  it('is right about the devices of this machine', () => {
    const llvmpipe = listDevices().find(({ software }) => software);
    if (llvmpipe === undefined) throw new Error('llvmpipe is missing');
    const machine = thisMachine();
    const attachment = judgeAttachment(attachmentSubject(llvmpipe), machine, describeVirtualization(machine));
    expect(attachment.kind).toMatchObject({
      value: 'software',
      confidence: 'certain',
      source: 'the Vulkan driver: driver id 13, llvmpipe',
    });
    expect(attachment.contradictions).toEqual([]);
  });
});
