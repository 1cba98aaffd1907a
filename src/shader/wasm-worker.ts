// The entry point of the thread that compiles with the WASM build of glslang. A thread of its own, because loading
// that build installs handlers for the whole process, and because only a thread can be ended while it computes.
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';

/** What the thread is started with. */
export interface WasmOrder {
  readonly packageName: string;
  readonly text: string;
  readonly spirvVersion: string;
}

/** What it says, once. */
export interface WasmAnswer {
  /** Words of the module; undefined where the compiler refused. */
  readonly spirv: Uint8Array<ArrayBuffer> | undefined;
  readonly output: string;
}

interface GlslangModule {
  compileGLSL(text: string, stage: 'compute', withDebugInfo: boolean, spirvVersion: string): Uint32Array;
}

type GlslangFactory = (settings: {
  readonly print: (line: string) => void;
  readonly printErr: (line: string) => void;
}) => GlslangModule;

parentPort?.postMessage(compile(workerData as WasmOrder));

function compile({ packageName, text, spirvVersion }: WasmOrder): WasmAnswer {
  const lines: string[] = [];
  const print = (line: string): void => void lines.push(line);
  try {
    const factory = createRequire(import.meta.url)(packageName) as GlslangFactory;
    // Ready at once, since it reads its file synchronously; awaiting it would never end, as it is its own promise.
    const words = factory({ print, printErr: print }).compileGLSL(text, 'compute', false, spirvVersion);
    const spirv = Uint8Array.from(new Uint8Array(words.buffer, words.byteOffset, words.byteLength));
    return { spirv, output: lines.join('\n') };
  } catch (error) {
    return { spirv: undefined, output: [...lines, `${error}`].join('\n') };
  }
}
