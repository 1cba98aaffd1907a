// Compiles with the WASM build of glslang, which needs nothing on the machine but Node. Starts its thread, and ends
// it after a time limit; the compiling is in wasm-worker.ts.
import { Worker } from 'node:worker_threads';
import { GuestmarkError } from '../base/errors.ts';
import type { CompilerAnswer, CompilerOrder } from './compiler-order.ts';
import { WASM_PACKAGE } from './find-compiler.ts';
import type { TargetEnvironment } from './target-environment.ts';
import type { WasmAnswer, WasmOrder } from './wasm-worker.ts';

// A thread is started from a file: from the sources, that is the built one.
const ENTRY = import.meta.url.endsWith('.ts') ? '../../dist/shader/wasm-worker.js' : './wasm-worker.js';

/** The newest version each environment takes, as far as the build goes. */
const SPIRV_VERSION: Readonly<Record<TargetEnvironment, string>> = {
  'vulkan1.0': '1.0',
  'vulkan1.1': '1.3',
  'vulkan1.2': '1.5',
  'vulkan1.3': '1.5',
};

/**
 * Compiles a shader.
 *
 * @throws GuestmarkError (environment) for HLSL, which the build does not know, and when the thread fails;
 *   (timeout) when it does not end.
 */
export async function compileWithWasm(order: CompilerOrder): Promise<CompilerAnswer> {
  if (order.language === 'hlsl') throw failure(order, `${WASM_PACKAGE} knows no HLSL`);
  const spirvVersion = SPIRV_VERSION[order.targetEnvironment];
  const workerData: WasmOrder = { packageName: WASM_PACKAGE, text: order.text, spirvVersion };
  const worker = new Worker(new URL(ENTRY, import.meta.url), {
    workerData,
    execArgv: [],
    // What the build prints past our hooks stays in the thread.
    stdout: true,
    stderr: true,
  });
  try {
    return await answerOf(worker, order);
  } finally {
    await worker.terminate();
  }
}

function answerOf(worker: Worker, order: CompilerOrder): Promise<WasmAnswer> {
  return new Promise((settle, reject) => {
    const timer = setTimeout(() => {
      const state = `${WASM_PACKAGE} did not end within ${order.limitMs} ms`;
      reject(new GuestmarkError('timeout', `Cannot compile shader ${order.file}: ${state}`));
    }, order.limitMs);
    const fail = (state: string, cause?: unknown): void => {
      clearTimeout(timer);
      reject(failure(order, state, cause));
    };
    worker.once('message', (answer: WasmAnswer) => {
      clearTimeout(timer);
      settle(answer);
    });
    worker.once('error', (error: Error) => fail(`${WASM_PACKAGE} failed (${error.message})`, error));
    worker.once('exit', () => fail(`${WASM_PACKAGE} ended without an answer`));
  });
}

function failure({ file }: CompilerOrder, state: string, cause?: unknown): GuestmarkError {
  return new GuestmarkError('environment', `Cannot compile shader ${file}: ${state}`, {
    hint: 'install glslang (Debian: glslang-tools)',
    cause,
  });
}
