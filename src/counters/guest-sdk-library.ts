// VMware's guest library, which open-vm-tools brings, called through koffi. Loaded at run time and only where somebody says
// that this is VMware: elsewhere its calls to the host crash the process. Knows the calls and none of the values.
// See "vSphere Guest SDK" (VMware) and vmGuestLib.h.
import { createRequire } from 'node:module';
import { type Available, available, unavailable } from '../base/availability.ts';

/** What a function answers: 0 is success (VMGuestLibError). */
type Code = number;

/** 64 bits: a number where it is an exact one. */
type Wide = number | bigint;

/** An open library with a handle, which holds the values of its last update. */
export interface GuestSdkLibrary extends Disposable {
  /** Takes all values from the host; a call to the hypervisor. */
  update(): Available<null>;
  /** Another one after the machine was moved, resumed, or set back to a snapshot; compares, and means nothing else. */
  sessionId(): Available<Wide>;
  /** A function that gives a value of this many bits, by its name without `VMGuestLib_Get`. */
  value(name: string, bits: 32 | 64): () => Available<number>;
}

const FILES: readonly string[] = ['libvmGuestLib.so.0', 'libvmGuestLib.so'];

/** Loads the library and opens a handle, or says why not. */
export function openGuestSdkLibrary(files: readonly string[] = FILES): Available<GuestSdkLibrary> {
  try {
    const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi');
    return openHandle(loadFirst(koffi, files));
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const why = text.split('\n')[0]?.replace(/\.$/, '');
    return unavailable(`VMware's guest library, which open-vm-tools brings: ${files.join(', ')}: ${why}`);
  }
}

type Library = ReturnType<typeof import('koffi')['load']>;

/** @throws What the last of them failed with. */
function loadFirst(koffi: typeof import('koffi'), files: readonly string[]): Library {
  let failure: unknown;
  for (const file of files) {
    try {
      return koffi.load(file);
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure;
}

type Get<T> = (handle: unknown, into: [T]) => Code;

function openHandle(library: Library): Available<GuestSdkLibrary> {
  const bind = <F>(declaration: string): F => library.func(declaration) as unknown as F;
  const errorText = bind<(code: Code) => string | null>('const char *VMGuestLib_GetErrorText(int code)');
  const update = bind<(handle: unknown) => Code>('int VMGuestLib_UpdateInfo(void *handle)');
  const close = bind<(handle: unknown) => Code>('int VMGuestLib_CloseHandle(void *handle)');
  const sessionId = bind<Get<Wide>>('int VMGuestLib_GetSessionId(void *handle, _Out_ uint64_t *id)');
  const answered = <T>(name: string, code: Code, value: () => T): Available<T> =>
    code === 0
      ? available(value())
      : unavailable(`VMGuestLib_${name}: ${errorText(code) ?? 'an unknown error'} (${code})`);
  const handles: [unknown] = [null];
  const open = bind<(handle: [unknown]) => Code>('int VMGuestLib_OpenHandle(_Out_ void **handle)');
  const opened = answered('OpenHandle', open(handles), () => null);
  if (!opened.available) return opened;
  const [handle] = handles;
  return available({
    update: () => answered('UpdateInfo', update(handle), () => null),
    sessionId: () => {
      const id: [Wide] = [0];
      return answered('GetSessionId', sessionId(handle, id), () => id[0]);
    },
    value: (name, bits) => {
      const get = optional<Get<Wide>>(bind, name, bits);
      if (get === null) return () => unavailable(`this libvmGuestLib has no VMGuestLib_Get${name}`);
      return () => {
        const into: [Wide] = [0];
        return answered(`Get${name}`, get(handle, into), () => Number(into[0]));
      };
    },
    [Symbol.dispose]: () => void close(handle),
  });
}

/** Values came with the versions of the library; an older one lacks some. */
function optional<F>(bind: <G>(declaration: string) => G, name: string, bits: number): F | null {
  try {
    return bind<F>(`int VMGuestLib_Get${name}(void *handle, _Out_ uint${bits}_t *value)`);
  } catch {
    return null;
  }
}
