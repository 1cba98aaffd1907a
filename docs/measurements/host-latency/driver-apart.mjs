// Loaded into a run of guestmark by NODE_OPTIONS: moves the threads that a software driver starts to one CPU, so that
// the thread which waits can be on another. host-latency.c does the same for its own.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const cpu = process.env.HOST_LATENCY_DRIVER_CPU;
const threads = () => readdirSync('/proc/self/task');
const earlier = new Set(threads());

// The device is opened between two turns of the event loop, and before the first case it turns again.
const look = setInterval(() => {
  const later = threads().filter((id) => !earlier.has(id));
  if (!later.some((id) => readFileSync(`/proc/self/task/${id}/comm`, 'utf8').startsWith('llvmpipe'))) return;
  clearInterval(look);
  for (const id of later) execFileSync('taskset', ['-pc', cpu, id], { stdio: 'ignore' });
}, 1);
look.unref();
