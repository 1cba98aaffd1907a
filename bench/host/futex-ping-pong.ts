// What a wake-up costs in this guest without any GPU: two threads hand a word to each other by futex(2).
import { compareElements, defineHostBenchmark } from 'guestmark';
import { LOAD, must, PIN, placesFor, setGuest, settingProblem } from '../parts/guest-setting.ts';

const { free, same, other } = PIN;
const { idle, awake, contended } = LOAD;

export default defineHostBenchmark({
  name: 'futex-ping-pong',
  summary: 'Two threads hand a word to each other by futex: what two wake-ups cost without a GPU',
  category: 'host',
  explanation: {
    method:
      'The calling thread sets a word and wakes the other thread by FUTEX_WAKE, then sleeps by FUTEX_WAIT until the other one has answered in the same way: a sample is one round trip, two wake-ups. Futexes and not Atomics.wait(), which takes a lock of the engine besides. pin: 0 the scheduler places both threads, 1 both are on one vCPU, 2 each on its own. load: 0 an idle guest, 1 every vCPU is kept awake by a thread under SCHED_IDLE that gives way at once, 2 a process of normal priority computes on the vCPU of the calling thread.',
    limit:
      'On one vCPU it is two context switches. Across two, each wake-up sends an interrupt to another vCPU, and where that idles the host must be entered and left: the difference between load 0 and load 1 is what idling costs, and predicts what a wait for a GPU costs more in an idle guest.',
    verification: 'Both threads count the words that they took: both counts equal that of the round trips.',
    sources: ['futex(2)', 'perf bench sched pipe, which does the same with pipes'],
  },
  axes: { pin: [free, same, other], load: [idle, awake, contended] },
  suites: {
    latency: { pin: [same, other], load: [idle, awake] },
    host: { pin: [same, other], load: [idle, awake] },
    full: {},
  },
  items: () => 1,
  requires: ({ pin, load }) => settingProblem(pin, load),
  operation: async ({ pin, load }, host) => {
    // A simulated device tells this machine what time it is.
    host.vulkan();
    const places = placesFor(host, pin, null);
    const partner = host.scope.use(must(await host.guest.futexPartner(places.waker)));
    await setGuest(host, load, places, []);
    let answers = 0;
    return {
      calls: 2,
      run: partner.hand,
      wait: () => {
        partner.take();
        answers++;
      },
      verify: (count) => compareElements('words taken', [answers, partner.answered()], [count, count]),
    };
  },
});
