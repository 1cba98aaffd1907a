// The yardstick: the calls of guestmark's benchmarks of submission and completion, made in C, timed in the same way.
// Knows nothing of guestmark; compare.mjs compiles it, runs it between runs of guestmark and reads what it prints.
//
//   cc -O2 host-latency.c -o host-latency -lvulkan
//   host-latency KERNEL SAMPLES GAP_NS [DRIVER_CPU THREAD_CPU]
//
// Prints one JSON object with the raw times in ns. Between two samples the thread computes for GAP_NS: guestmark reads
// its ledger there, and how long a CPU was idle decides how long it takes to wake. With two CPUs the threads that the
// driver started are moved to the first, and the thread that is timed to the second.
#define _GNU_SOURCE
#include <dirent.h>
#include <sched.h>
#include <time.h>
#include <unistd.h>

#include "device.h"

static const int64_t WARM_UP_NS = 50000000;
static const uint64_t LIMIT_NS = 500000000;

// Submit infos of what device.h recorded: the one without work, those with, and one of all of them.
static VkSubmitInfo nothing, each[BATCH], all;
// Command buffers with work that were submitted.
static uint32_t counted = 0;

static int64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static void submit(uint32_t count, const VkSubmitInfo *infos, VkFence signalled) {
  check("vkQueueSubmit", vkQueueSubmit(queue, count, infos, signalled));
}

static void block(void) { check("vkWaitForFences", vkWaitForFences(device, 1, &fence, VK_TRUE, LIMIT_NS)); }

static void poll(void) {
  VkResult result;
  while ((result = vkGetFenceStatus(device, fence)) == VK_NOT_READY) continue;
  check("vkGetFenceStatus", result);
}

static void submit_empty(void) { submit(1, &nothing, fence); }
static void submit_no_batch(void) { submit(0, NULL, fence); }
static void submit_unfenced(void) { submit(1, &nothing, VK_NULL_HANDLE); }
static void wait_idle(void) { check("vkQueueWaitIdle", vkQueueWaitIdle(queue)); }
static void submit_call_each(void) {
  for (int i = 0; i < BATCH; i++) submit(1, &each[i], i < BATCH - 1 ? VK_NULL_HANDLE : fence);
  counted += BATCH;
}
static void submit_together(void) {
  submit(1, &all, fence);
  counted += BATCH;
}
static void reset(void) { check("vkResetFences", vkResetFences(device, 1, &fence)); }
static void keep(void) {}

// What is timed, what makes the next time possible, and how much fewer samples do.
static const struct kind {
  const char *name;
  void (*submit)(void), (*wait)(void), (*reset)(void);
  int fewer;
} KINDS[] = {
    {"empty, wait", submit_empty, block, reset, 1},
    {"empty, poll", submit_empty, poll, reset, 1},
    {"empty, queue idle", submit_unfenced, wait_idle, keep, 1},
    {"no batch, wait", submit_no_batch, block, reset, 1},
    {"64 dispatches, a call each", submit_call_each, block, reset, 20},
    {"64 dispatches, one call", submit_together, block, reset, 20},
};

static int64_t sample_ns(const struct kind *kind) {
  int64_t start = now_ns();
  kind->submit();
  kind->wait();
  int64_t end = now_ns();
  kind->reset();
  return end - start;
}

static void compute_for(int64_t ns) {
  for (int64_t until = now_ns() + ns; ns > 0 && now_ns() < until;) continue;
}

static void measure(const struct kind *kind, int64_t gap_ns, int64_t *samples, size_t count) {
  for (int64_t start = now_ns(); now_ns() - start < WARM_UP_NS;) {
    compute_for(gap_ns);
    sample_ns(kind);
  }
  for (size_t i = 0; i < count; i++) {
    compute_for(gap_ns);
    samples[i] = sample_ns(kind);
  }
  if (*counter != counted) fail("the counter does not equal the command buffers submitted");
}

static void print(const struct kind *kind, const int64_t *samples, size_t count) {
  printf("%s\"%s\":[", kind == KINDS ? "" : ",", kind->name);
  for (size_t i = 0; i < count; i++) printf("%s%" PRId64, i > 0 ? "," : "", samples[i]);
  printf("]");
}

static VkSubmitInfo submit_info(uint32_t count, const VkCommandBuffer *buffers) {
  return (VkSubmitInfo){
      .sType = VK_STRUCTURE_TYPE_SUBMIT_INFO, .commandBufferCount = count, .pCommandBuffers = buffers};
}

static void move(pid_t thread, int cpu) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(cpu, &set);
  if (sched_setaffinity(thread, sizeof set, &set) != 0) fail("a thread cannot be moved");
}

static void move_all(int driver_cpu, int thread_cpu) {
  DIR *threads = opendir("/proc/self/task");
  if (threads == NULL) fail("the threads cannot be listed");
  for (struct dirent *entry; (entry = readdir(threads)) != NULL;) {
    pid_t thread = atoi(entry->d_name);
    if (thread > 0) move(thread, thread == getpid() ? thread_cpu : driver_cpu);
  }
  closedir(threads);
}

int main(int argc, char **argv) {
  if (argc != 4 && argc != 6) {
    fprintf(stderr, "usage: %s KERNEL SAMPLES GAP_NS [DRIVER_CPU THREAD_CPU]\n", argv[0]);
    return 2;
  }
  size_t most = strtoul(argv[2], NULL, 10);
  int64_t gap_ns = strtoll(argv[3], NULL, 10);
  int64_t *samples = most > 0 ? malloc(most * sizeof *samples) : NULL;
  if (samples == NULL) return 2;
  open_device(argv[1]);
  nothing = submit_info(1, &empty);
  for (int i = 0; i < BATCH; i++) each[i] = submit_info(1, &counting[i]);
  all = submit_info(BATCH, counting);
  size_t kinds = sizeof KINDS / sizeof *KINDS;
  // A driver may start its threads as late as with the first work.
  for (size_t i = 0; i < kinds; i++) sample_ns(&KINDS[i]);
  if (argc == 6) move_all(atoi(argv[4]), atoi(argv[5]));
  printf("{");
  for (size_t i = 0; i < kinds; i++) {
    size_t count = (most + KINDS[i].fewer - 1) / KINDS[i].fewer;
    measure(&KINDS[i], gap_ns, samples, count);
    print(&KINDS[i], samples, count);
  }
  printf("}\n");
  return 0;
}
