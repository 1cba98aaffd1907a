// The entry point of a thread that reads reports of a fleet: takes a path, answers with the summary, and so on until it is ended.
import { parentPort } from 'node:worker_threads';
import { readSummary } from './read-summary.ts';

parentPort?.on('message', (path: string) => void answer(path));

async function answer(path: string): Promise<void> {
  parentPort?.postMessage(await readSummary(path));
}
