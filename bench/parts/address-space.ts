// A limit on what this process may map: the one way to be refused memory by a driver that only promises it. Soft, and
// lifted when the case ends; nothing is limited that the process has already.
import { readFileSync } from 'node:fs';
import { GuestmarkError, type HostContext } from 'guestmark';

/** prlimit64(2): 302 on x86-64, 261 where the generic table of system calls holds. */
const PRLIMIT64 = process.arch === 'x64' ? 302 : 261;
/** RLIMIT_AS of asm-generic/resource.h: bytes of the address space. */
const ADDRESS_SPACE = 9;
const SELF = 0;

/**
 * Lets this process map `moreBytes` beyond what it has mapped, until the scope ends.
 *
 * @throws GuestmarkError (unsupported) where the kernel refuses.
 */
export function limitAddressSpace(
  { libc, scope }: Pick<HostContext, 'libc' | 'scope'>,
  moreBytes: number,
): void {
  const { syscall, addressOf, errno } = libc();
  const prlimit = (
    set: BigUint64Array<ArrayBuffer> | null,
    get: BigUint64Array<ArrayBuffer> | null,
  ): void => {
    const address = (limits: typeof set): number => (limits === null ? 0 : addressOf(limits.buffer));
    if (syscall(PRLIMIT64, SELF, ADDRESS_SPACE, address(set), address(get), 0) === 0) return;
    throw new GuestmarkError(
      'unsupported',
      `Cannot limit the address space: prlimit64 says errno ${errno()}`,
    );
  };
  const before = new BigUint64Array(2);
  prlimit(null, before);
  const [soft = 0n, hard = 0n] = before;
  const wanted = BigInt(mappedBytes() + moreBytes);
  scope.defer(() => prlimit(before, null));
  prlimit(BigUint64Array.of(wanted < soft ? wanted : soft, hard), null);
}

/** VmSize of proc(5). */
function mappedBytes(): number {
  const kib = /^VmSize:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  if (kib !== undefined) return Number(kib) * 1024;
  throw new GuestmarkError('unsupported', 'Cannot limit the address space: /proc/self/status has no VmSize');
}
