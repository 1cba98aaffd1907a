// The entry point of a thread that reads report files: takes a path, answers with the evidence, and so on until it is ended.
import { parentPort } from 'node:worker_threads';
import { type ReadFile, readEvidence } from './read-evidence.ts';

parentPort?.on('message', (path: string) => void answer(path));

async function answer(path: string): Promise<void> {
  const file = await readEvidence(path);
  parentPort?.postMessage(file, buffersOf(file));
}

/** The memory of the samples changes hands instead of being copied. */
function buffersOf({ evidence }: ReadFile): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const { runs } of evidence?.cases ?? []) {
    for (const { times, correctedWall, undisturbedWall } of runs) {
      for (const { buffer } of Object.values(times)) buffers.add(buffer as ArrayBuffer);
      for (const wall of [correctedWall, undisturbedWall]) {
        if (!wall.available) continue;
        buffers.add(wall.value.lowNs.buffer as ArrayBuffer).add(wall.value.highNs.buffer as ArrayBuffer);
      }
    }
  }
  return [...buffers];
}
