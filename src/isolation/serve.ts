// What a process does: the one job that its parent asks for. Each job is loaded when it is asked for, because who lists devices
// should not wait for the benchmarks.
import { loadPart } from '../base/load-part.ts';
import type { ChildChannel } from './child-channel.ts';
import { errorRecord } from './error-record.ts';
import type { WorkMessage } from './protocol.ts';

/** Does what the parent asked for. Resolves when everything was sent. */
export async function serve(channel: ChildChannel): Promise<void> {
  await channel.send({ type: 'ready' });
  const message = await channel.work;
  try {
    await answer(channel, message);
  } catch (error) {
    await channel.send({ type: 'failed', error: errorRecord(error) });
  }
  await channel.send({ type: 'done' });
}

async function answer(channel: ChildChannel, message: WorkMessage): Promise<void> {
  switch (message.type) {
    case 'list-devices': {
      const { answerDevices } = await loadPart(import('./answer-devices.ts'));
      await channel.send({ type: 'devices', devices: answerDevices(message.binding) });
      break;
    }
    case 'take-counters': {
      const { answerCounters } = await loadPart(import('./answer-counters.ts'));
      const taken = await answerCounters(message, channel.stopRequested);
      await channel.send({ type: 'counters', taken });
      break;
    }
    case 'run': {
      const { serveRun } = await loadPart(import('./serve-run.ts'));
      await serveRun(channel, message.request);
      break;
    }
    default:
  }
}
