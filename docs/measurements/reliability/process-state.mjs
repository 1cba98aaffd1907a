// What a process holds, as the kernel tells it: memory, file descriptors, threads and mappings. Read from outside, so that the
// process need not know; nothing of Vulkan.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Of a process that lives. */
export function processState(pid) {
  const fds = openFiles(pid);
  return {
    ...memoryOf(pid),
    threads: readdirSync(`/proc/${pid}/task`).length,
    mappings: readFileSync(`/proc/${pid}/maps`, 'utf8').trimEnd().split('\n').length,
    fds: fds.length,
    fdKinds: countBy(fds),
  };
}

function memoryOf(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const bytes = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0) * 1024;
  return { rssBytes: bytes('VmRSS'), anonymousBytes: bytes('RssAnon') };
}

/** The kind of every open file descriptor: `socket`, `anon_inode:[perf_event]`, `memfd`, or the path of a file. */
function openFiles(pid) {
  return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return [kindOf(readlinkSync(`/proc/${pid}/fd/${fd}`))];
    } catch {
      // Closed meanwhile, as the descriptor of this very folder is where a process asks for its own.
      return [];
    }
  });
}

function kindOf(target) {
  if (target.startsWith('/memfd:')) return 'memfd';
  return /^(socket|pipe):/.exec(target)?.[1] ?? target;
}

function countBy(words) {
  const counts = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
