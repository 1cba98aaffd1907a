// The entry point of a run's process, forked by the parent. Native code is loaded here and nowhere in
// the parent: a crash of a driver ends this process and one run.
import { openChildChannel } from './isolation/child-channel.ts';
import { limitProcess } from './isolation/process-limits.ts';
import { serve } from './isolation/serve.ts';

const channel = openChildChannel();
const [, , memoryBytes = ''] = process.argv;
limitProcess(memoryBytes === '' ? null : Number(memoryBytes));
await serve(channel);
// A hung or lost device has threads that an orderly exit would wait for, so the exit is not orderly;
// everything was sent, and the parent does not rely on the exit code.
process.kill(process.pid, 'SIGKILL');
