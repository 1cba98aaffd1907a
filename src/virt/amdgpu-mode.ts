// What the kernel's amdgpu says of the virtualization of its device: a request to its render node. The numbers and layouts are
// those of the kernel's include/uapi/drm/drm.h and amdgpu_drm.h on 64-bit little-endian machines.
import { closeSync, constants, openSync } from 'node:fs';
import { getSystemErrorName } from 'node:util';
import { type Available, available, unavailable } from '../base/availability.ts';
import { type Libc, openLibc } from '../timing/libc.ts';

/** DRM_IOCTL_VERSION: _IOWR('d', 0x00, struct drm_version), 64 bytes. */
const IOCTL_VERSION = 0xc0406400;
/** Three numbers, a gap, and three texts, each by length and address. */
const VERSION = { bytes: 64, major: 0, minor: 4, nameLength: 16, nameAddress: 24 } as const;
/** DRM_IOCTL_AMDGPU_INFO: _IOW('d', 0x45, struct drm_amdgpu_info), 32 bytes. */
const IOCTL_INFO = 0x40206445;
const INFO = { bytes: 32, address: 0, size: 8, query: 12 } as const;
const QUERY_DEVICE = 0x16;
/** Of struct drm_amdgpu_info_device as much as reaches behind ids_flags; the kernel writes no more than it is asked for. */
const DEVICE = { bytes: 144, flags: 136 } as const;
/** Since version 3.62 the flags tell it; they had zeros there before. */
const FIRST_MINOR = 62;

/** The bits AMDGPU_IDS_FLAGS_MODE_MASK of a struct drm_amdgpu_info_device: 0 PF, 1 VF, 2 PT. */
export function modeOfDevice(device: DataView): number {
  return (device.getUint32(DEVICE.flags, true) & 0x300) >>> 8;
}

/** Whether a driver of that name and version says how it is virtualized. */
export function tellsMode(name: string, major: number, minor: number): Available<null> {
  if (name !== 'amdgpu') return unavailable(`the render node belongs to the driver ${name}, not to amdgpu`);
  return major === 3 && minor >= FIRST_MINOR
    ? available(null)
    : unavailable(`amdgpu ${major}.${minor} does not say how it is virtualized; that begins with 3.62`);
}

/** Asks the driver behind a render node such as `/dev/dri/renderD128`. */
export function readAmdgpuMode(node: string): Available<number> {
  const libc = openLibc();
  if (!libc.available) return libc;
  let fd: number;
  try {
    // Node opens all files with O_CLOEXEC.
    fd = openSync(node, constants.O_RDWR | constants.O_NONBLOCK);
  } catch (error) {
    return unavailable(`${node}: ${(error as NodeJS.ErrnoException).code ?? 'cannot be opened'}`);
  }
  try {
    const answer = askDriver(libc.value, fd);
    return answer.available ? answer : unavailable(`${node}: ${answer.reason}`);
  } finally {
    closeSync(fd);
  }
}

function askDriver(libc: Libc, fd: number): Available<number> {
  const version = new DataView(new ArrayBuffer(VERSION.bytes));
  const name = new Uint8Array(new ArrayBuffer(16));
  version.setBigUint64(VERSION.nameLength, BigInt(name.length), true);
  version.setBigUint64(VERSION.nameAddress, addressOf(libc, name), true);
  const versioned = request(libc, fd, 'DRM_IOCTL_VERSION', IOCTL_VERSION, version);
  if (!versioned.available) return versioned;
  const [major, minor] = [version.getInt32(VERSION.major, true), version.getInt32(VERSION.minor, true)];
  const tells = tellsMode(new TextDecoder().decode(name).replace(/\0.*$/s, ''), major, minor);
  if (!tells.available) return tells;
  const device = new Uint8Array(new ArrayBuffer(DEVICE.bytes));
  const info = new DataView(new ArrayBuffer(INFO.bytes));
  info.setBigUint64(INFO.address, addressOf(libc, device), true);
  info.setUint32(INFO.size, DEVICE.bytes, true);
  info.setUint32(INFO.query, QUERY_DEVICE, true);
  const informed = request(libc, fd, 'DRM_IOCTL_AMDGPU_INFO', IOCTL_INFO, info);
  return informed.available ? available(modeOfDevice(new DataView(device.buffer))) : informed;
}

function addressOf(libc: Libc, bytes: Uint8Array<ArrayBuffer>): bigint {
  return BigInt(libc.addressOf(bytes.buffer));
}

function request(
  libc: Libc,
  fd: number,
  name: string,
  number: number,
  argument: DataView<ArrayBuffer>,
): Available<null> {
  if (libc.ioctl(fd, number, libc.addressOf(argument.buffer)) === 0) return available(null);
  const code = libc.errno();
  return unavailable(`${name}: ${code > 0 ? getSystemErrorName(-code) : 'it failed'}`);
}
