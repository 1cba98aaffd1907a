// The process's end of the channel: sends, and knows whether the parent wants it to stop. If the parent
// is gone the process goes too: nobody would read its results.
import { GuestmarkError } from '../base/errors.ts';
import { dieWithParent } from '../timing/die-with-parent.ts';
import type { ChildMessage, ParentMessage, WorkMessage } from './protocol.ts';

/** The channel to the parent. */
export interface ChildChannel {
  /** Resolves once the message was handed to the operating system. */
  send(message: ChildMessage): Promise<void>;
  /** The first message that asks for work. */
  readonly work: Promise<WorkMessage>;
  /** Sends and waits until the parent is done with it: its drawing and saving must not disturb a sample. */
  sendAndAwait(message: ChildMessage): Promise<void>;
  readonly stopRequested: () => boolean;
}

/** Opens the channel of this process, which must have been forked. */
export function openChildChannel(): ChildChannel {
  let stop = false;
  let goOn: (() => void) | null = null;
  const send = (message: ChildMessage): Promise<void> =>
    new Promise((resolve) => {
      if (process.send === undefined) {
        throw new GuestmarkError('usage', 'Cannot measure in this process: it was not forked by guestmark', {
          hint: 'guestmark run starts it',
        });
      }
      process.send(message, () => resolve());
    });
  // The event loop may not turn for minutes while native code waits: the kernel then tells of the
  // parent's end. Not an orderly exit: a hung driver has threads that one would wait for.
  dieWithParent();
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  // Terminals and service managers signal the whole group; the parent decides what that means.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  const work = new Promise<WorkMessage>((resolve) => {
    process.on('message', (message: ParentMessage) => {
      if (message.type === 'stop') stop = true;
      else if (message.type === 'go-on') goOn?.();
      else resolve(message);
    });
  });
  return {
    send,
    work,
    sendAndAwait: async (message) => {
      const answered = new Promise<void>((resolve) => {
        goOn = resolve;
      });
      await send(message);
      await answered;
    },
    stopRequested: () => stop,
  };
}
