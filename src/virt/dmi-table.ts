// What the texts of DMI (SMBIOS) speak for. A table of data: prefixes, fields, meanings, and where each is written down. A text
// is put there by whoever configured the machine, so nothing in it is ever certain.
import type { Evidence } from './evidence.ts';
import type { Confidence } from './finding.ts';

/**
 * The texts below /sys/class/dmi/id that everybody may read. Serial numbers and UUIDs are never read: recordings come from
 * users. Of `chassis_asset_tag`, where owners write numbers of their own, only known constants leave this table.
 */
export const DMI_FIELDS = [
  'product_name',
  'sys_vendor',
  'board_vendor',
  'bios_vendor',
  'product_version',
  'bios_version',
  'chassis_asset_tag',
] as const;

export type DmiField = (typeof DMI_FIELDS)[number];
export type DmiTexts = Readonly<Partial<Record<DmiField, string>>>;

/** One thing that a text can speak for. */
export interface DmiRow {
  /** Where to look, in this order: the first that matches is the evidence. */
  readonly fields: readonly DmiField[];
  /** How the text begins, or what it looks like. */
  readonly prefix?: string;
  readonly pattern?: RegExp;
  /** What else must be so. */
  readonly when?: (texts: DmiTexts) => boolean;
  readonly says: Evidence['says'];
  /** The field that names the product. */
  readonly product?: DmiField;
  /** `likely` where it is not given. */
  readonly confidence?: Confidence;
}

/** The fields and their order of systemd's src/basic/virt.c, which compares prefixes. */
const NAMING: readonly DmiField[] = [
  'product_name',
  'sys_vendor',
  'board_vendor',
  'bios_vendor',
  'product_version',
];
const VENDOR: readonly DmiField[] = ['sys_vendor'];
const PRODUCT: readonly DmiField[] = ['product_name'];
const TAG: readonly DmiField[] = ['chassis_asset_tag'];

const ON_KVM: Evidence['says'] = { virtual: true, hypervisor: 'kvm', monitor: 'qemu' };

/** AWS documents its bare-metal types by the suffix `.metal` or `.metal-24xl`. */
const isMetal = ({ product_name: name = '' }: DmiTexts): boolean => /^[a-z0-9-]+\.metal(-|$)/.test(name);
const isEc2 = ({ sys_vendor: vendor = '' }: DmiTexts): boolean => vendor.startsWith('Amazon EC2');
/** Surface laptops have the same maker as Hyper-V's guests, so the maker alone says nothing (systemd issue 21468). */
const isMicrosoft = ({ sys_vendor: vendor = '' }: DmiTexts): boolean => vendor === 'Microsoft Corporation';

/**
 * Programs that make machines. QEMU does not say whether KVM stands behind it, and neither do the products around it, so none of
 * these names a hypervisor unless the product has only one. `Oracle Corporation` is missing on purpose: it is the maker
 * of VirtualBox's board, and also of real servers.
 */
const MONITOR_ROWS: readonly DmiRow[] = [
  // systemd; on Arm, QEMU calls its machine "KVM Virtual Machine" exactly when KVM runs it (hw/arm/virt.c).
  { fields: NAMING, prefix: 'KVM', says: { virtual: true, hypervisor: 'kvm', monitor: 'qemu' } },
  { fields: NAMING, prefix: 'QEMU', says: { virtual: true, monitor: 'qemu' } },
  // Set by OpenStack's libvirt driver, and by KubeVirt, both of which run QEMU; no name of a cloud.
  { fields: NAMING, prefix: 'OpenStack', says: { virtual: true, monitor: 'qemu' } },
  { fields: NAMING, prefix: 'KubeVirt', says: { virtual: true, monitor: 'qemu' } },
  // virt-what: products that are KVM with QEMU.
  { fields: VENDOR, prefix: 'Nutanix', when: ({ product_name: name }) => name === 'AHV', says: ON_KVM },
  { fields: PRODUCT, prefix: 'oVirt', says: ON_KVM },
  { fields: VENDOR, prefix: 'oVirt', says: ON_KVM },
  { fields: PRODUCT, prefix: 'RHEV Hypervisor', says: ON_KVM },
  { fields: VENDOR, prefix: 'Red Hat', says: { virtual: true, monitor: 'qemu' } },
  // Proxmox's own build of OVMF, and the suffix of its machine versions.
  { fields: ['bios_vendor'], prefix: 'Proxmox', says: { virtual: true, monitor: 'proxmox' } },
  {
    fields: ['product_version'],
    prefix: 'pc-',
    when: ({ product_version: version = '' }) => version.includes('+pve'),
    says: { virtual: true, monitor: 'proxmox' },
  },
  // The SMBIOS defaults in the sources of Cloud Hypervisor (arch/x86_64/smbios.rs) and crosvm (x86_64/smbios.rs).
  { fields: NAMING, prefix: 'Cloud Hypervisor', says: { virtual: true, monitor: 'cloud-hypervisor' } },
  { fields: PRODUCT, prefix: 'cloud-hypervisor', says: { virtual: true, monitor: 'cloud-hypervisor' } },
  { fields: NAMING, prefix: 'crosvm', says: { virtual: true, monitor: 'crosvm' } },
  { fields: NAMING, prefix: 'Firecracker', says: { virtual: true, monitor: 'firecracker' } },
  // systemd.
  { fields: NAMING, prefix: 'VMware', says: { virtual: true, hypervisor: 'vmware', monitor: 'vmware' } },
  { fields: NAMING, prefix: 'VMW', says: { virtual: true, hypervisor: 'vmware', monitor: 'vmware' } },
  // VirtualBox may run on KVM or Hyper-V, so it names the monitor only.
  { fields: NAMING, prefix: 'innotek GmbH', says: { virtual: true, monitor: 'virtualbox' } },
  { fields: NAMING, prefix: 'VirtualBox', says: { virtual: true, monitor: 'virtualbox' } },
  { fields: NAMING, prefix: 'Xen', says: { virtual: true, hypervisor: 'xen', monitor: 'xen' } },
  // QEMU had this name in its tables until version 2: whether it is Bochs itself nobody confirms.
  { fields: NAMING, prefix: 'Bochs', says: { virtual: true, monitor: 'bochs' }, confidence: 'claimed' },
  {
    fields: NAMING,
    prefix: 'Parallels',
    says: { virtual: true, hypervisor: 'parallels', monitor: 'parallels' },
  },
  { fields: NAMING, prefix: 'BHYVE', says: { virtual: true, hypervisor: 'bhyve', monitor: 'bhyve' } },
  { fields: NAMING, prefix: 'Hyper-V', says: { virtual: true, hypervisor: 'hyper-v', monitor: 'hyper-v' } },
  // Microsoft, for guests of generation 1, whose version reads 7.0 (systemd issue 21816).
  {
    fields: PRODUCT,
    prefix: 'Virtual Machine',
    when: isMicrosoft,
    says: { virtual: true, hypervisor: 'hyper-v', monitor: 'hyper-v' },
  },
  {
    fields: NAMING,
    prefix: 'Apple Virtualization',
    says: { virtual: true, hypervisor: 'apple', monitor: 'apple' },
  },
  // OpenBSD's vmd, vmm(4).
  {
    fields: PRODUCT,
    prefix: 'VMM',
    when: ({ sys_vendor: vendor }) => vendor === 'OpenBSD',
    says: { virtual: true, hypervisor: 'openbsd-vmm' },
  },
];

/**
 * Clouds. A provider's bare metal has the provider's texts too: only where its machines are all virtual, or the product says so,
 * does a row say `virtual`. Names and fields as in cloud-init's ds-identify, unless another source is given.
 */
const CLOUD_ROWS: readonly DmiRow[] = [
  // AWS, "Detect whether a host is an EC2 instance": the type is the product name. Nitro is built on KVM.
  {
    fields: PRODUCT,
    pattern: /./,
    when: (texts) => isEc2(texts) && isMetal(texts),
    says: { virtual: false, hypervisor: 'none', cloud: 'AWS' },
    product: 'product_name',
  },
  {
    fields: PRODUCT,
    pattern: /./,
    when: (texts) => isEc2(texts) && !isMetal(texts),
    says: { virtual: true, hypervisor: 'kvm', monitor: 'nitro', cloud: 'AWS' },
    product: 'product_name',
  },
  { fields: ['sys_vendor', 'board_vendor', 'bios_vendor'], prefix: 'Amazon EC2', says: { cloud: 'AWS' } },
  // The older instances on Xen: `4.11.amazon` (virt-what).
  {
    fields: ['bios_version', 'product_version'],
    pattern: /^\d{1,3}\.\d{1,3}\.amazon/,
    says: { virtual: true, hypervisor: 'xen', monitor: 'xen', cloud: 'AWS' },
  },
  // Google, "Detect if a VM is running in Compute Engine"; the maker `Google` alone is also that of Chromebooks.
  {
    fields: PRODUCT,
    prefix: 'Google Compute Engine',
    says: { virtual: true, hypervisor: 'kvm', monitor: 'google', cloud: 'Google Cloud' },
  },
  // The constant by which Azure's agents know it: "MSFT AZURE VM" in decimal.
  { fields: TAG, prefix: '7783-7084-3265-9085-8269-3286-77', says: { cloud: 'Azure' } },
  { fields: TAG, prefix: 'OracleCloud.com', says: { cloud: 'Oracle Cloud' } },
  { fields: TAG, prefix: 'OpenTelekomCloud', says: { cloud: 'Open Telekom Cloud' } },
  { fields: TAG, prefix: 'HUAWEICLOUD', says: { cloud: 'Huawei Cloud' } },
  { fields: TAG, prefix: 'ibmcloud', says: { cloud: 'IBM Cloud' } },
  { fields: VENDOR, prefix: 'Alibaba Cloud', says: { cloud: 'Alibaba Cloud' }, product: 'product_name' },
  { fields: PRODUCT, prefix: 'Alibaba Cloud', says: { cloud: 'Alibaba Cloud' }, product: 'product_name' },
  { fields: VENDOR, prefix: 'Hetzner', says: { virtual: true, cloud: 'Hetzner' }, product: 'product_name' },
  {
    fields: VENDOR,
    prefix: 'DigitalOcean',
    says: { virtual: true, cloud: 'DigitalOcean' },
    product: 'product_name',
  },
  { fields: VENDOR, prefix: 'Scaleway', says: { cloud: 'Scaleway' }, product: 'product_name' },
  { fields: VENDOR, prefix: 'UpCloud', says: { virtual: true, cloud: 'UpCloud' } },
  { fields: VENDOR, prefix: 'Vultr', says: { cloud: 'Vultr' }, product: 'product_name' },
  { fields: VENDOR, prefix: 'Akamai', says: { virtual: true, cloud: 'Akamai' } },
  { fields: VENDOR, prefix: 'Linode', says: { virtual: true, cloud: 'Akamai' } },
  { fields: VENDOR, prefix: 'Tencent Cloud', says: { cloud: 'Tencent Cloud' }, product: 'product_name' },
  { fields: PRODUCT, prefix: 'Exoscale', says: { virtual: true, cloud: 'Exoscale' } },
  { fields: PRODUCT, prefix: 'CloudSigma', says: { virtual: true, cloud: 'CloudSigma' } },
];

export const DMI_ROWS: readonly DmiRow[] = [...MONITOR_ROWS, ...CLOUD_ROWS];
