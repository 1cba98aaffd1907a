// The yardstick: the calls of guestmark's benchmarks of submission and completion, made in C, timed in the same way.
// Knows nothing of guestmark; compare.mjs compiles it, runs it between runs of guestmark and reads what it prints.
//
//   cc -O2 host-latency.c -o host-latency -lvulkan
//   host-latency SAMPLES GAP_NS [DRIVER_CPU THREAD_CPU]
//
// Prints one JSON object with the raw times in ns. Between two samples the thread computes
// for GAP_NS: guestmark reads its ledger there, and how long a CPU was idle decides how long it takes to wake. With two
// CPUs the driver's threads are started on the first, and the thread that is timed then moves to the second.
#define _GNU_SOURCE
#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <vulkan/vulkan.h>

enum { BATCH = 64 };
static const int64_t WARM_UP_NS = 50000000;
static const uint64_t LIMIT_NS = 500000000;

static VkDevice device;
static VkQueue queue;
static VkFence fence;
static VkCommandBuffer buffers[BATCH];
// Of each command buffer, and of all in one.
static VkSubmitInfo each[BATCH], all;

static int64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static void check(const char *call, VkResult result) {
  if (result == VK_SUCCESS) return;
  fprintf(stderr, "Cannot go on: %s gave %d\n", call, result);
  exit(1);
}

static VkSubmitInfo submit_info(uint32_t count, const VkCommandBuffer *first) {
  return (VkSubmitInfo){
      .sType = VK_STRUCTURE_TYPE_SUBMIT_INFO, .commandBufferCount = count, .pCommandBuffers = first};
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

static void submit_empty(void) { submit(1, each, fence); }
static void submit_nothing(void) { submit(0, NULL, fence); }
static void submit_unfenced(void) { submit(1, each, VK_NULL_HANDLE); }
static void wait_idle(void) { check("vkQueueWaitIdle", vkQueueWaitIdle(queue)); }
static void submit_one_by_one(void) {
  for (int i = 0; i < BATCH; i++) submit(1, &each[i], i < BATCH - 1 ? VK_NULL_HANDLE : fence);
}
static void submit_together(void) { submit(1, &all, fence); }
static void reset(void) { check("vkResetFences", vkResetFences(device, 1, &fence)); }
static void keep(void) {}

// What is timed, and what makes the next time possible.
static const struct kind {
  const char *name;
  void (*submit)(void), (*wait)(void), (*reset)(void);
} KINDS[] = {
    {"empty, wait", submit_empty, block, reset},
    {"empty, poll", submit_empty, poll, reset},
    {"empty, queue idle", submit_unfenced, wait_idle, keep},
    {"no batch, wait", submit_nothing, block, reset},
    {"64 calls, wait", submit_one_by_one, block, reset},
    {"64 in a call, wait", submit_together, block, reset},
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

static void move_to(int cpu) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(cpu, &set);
  if (sched_setaffinity(0, sizeof set, &set) == 0) return;
  perror("Cannot move the thread: sched_setaffinity");
  exit(1);
}

static uint32_t compute_family(VkPhysicalDevice physical) {
  VkQueueFamilyProperties families[16];
  uint32_t count = 16;
  vkGetPhysicalDeviceQueueFamilyProperties(physical, &count, families);
  for (uint32_t i = 0; i < count; i++) {
    // As guestmark chooses: without graphics where there is such a one.
    if ((families[i].queueFlags & (VK_QUEUE_COMPUTE_BIT | VK_QUEUE_GRAPHICS_BIT)) == VK_QUEUE_COMPUTE_BIT) return i;
  }
  for (uint32_t i = 0; i < count; i++) {
    if (families[i].queueFlags & VK_QUEUE_COMPUTE_BIT) return i;
  }
  fprintf(stderr, "Cannot go on: no queue family computes\n");
  exit(1);
}

static void open_device(VkPhysicalDeviceProperties *properties) {
  VkApplicationInfo application = {.sType = VK_STRUCTURE_TYPE_APPLICATION_INFO, .apiVersion = VK_API_VERSION_1_1};
  VkInstanceCreateInfo instance_info = {
      .sType = VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO, .pApplicationInfo = &application};
  VkInstance instance;
  check("vkCreateInstance", vkCreateInstance(&instance_info, NULL, &instance));
  VkPhysicalDevice physical;
  uint32_t count = 1;
  VkResult listed = vkEnumeratePhysicalDevices(instance, &count, &physical);
  if (listed != VK_INCOMPLETE) check("vkEnumeratePhysicalDevices", listed);
  vkGetPhysicalDeviceProperties(physical, properties);
  uint32_t family = compute_family(physical);
  float priority = 1;
  VkDeviceQueueCreateInfo queue_info = {.sType = VK_STRUCTURE_TYPE_DEVICE_QUEUE_CREATE_INFO,
                                        .queueFamilyIndex = family,
                                        .queueCount = 1,
                                        .pQueuePriorities = &priority};
  VkDeviceCreateInfo device_info = {
      .sType = VK_STRUCTURE_TYPE_DEVICE_CREATE_INFO, .queueCreateInfoCount = 1, .pQueueCreateInfos = &queue_info};
  check("vkCreateDevice", vkCreateDevice(physical, &device_info, NULL, &device));
  vkGetDeviceQueue(device, family, 0, &queue);
  VkCommandPoolCreateInfo pool_info = {.sType = VK_STRUCTURE_TYPE_COMMAND_POOL_CREATE_INFO, .queueFamilyIndex = family};
  VkCommandPool pool;
  check("vkCreateCommandPool", vkCreateCommandPool(device, &pool_info, NULL, &pool));
  VkCommandBufferAllocateInfo buffers_info = {.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_ALLOCATE_INFO,
                                              .commandPool = pool,
                                              .level = VK_COMMAND_BUFFER_LEVEL_PRIMARY,
                                              .commandBufferCount = BATCH};
  check("vkAllocateCommandBuffers", vkAllocateCommandBuffers(device, &buffers_info, buffers));
  VkCommandBufferBeginInfo begin_info = {.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_BEGIN_INFO};
  for (int i = 0; i < BATCH; i++) {
    check("vkBeginCommandBuffer", vkBeginCommandBuffer(buffers[i], &begin_info));
    check("vkEndCommandBuffer", vkEndCommandBuffer(buffers[i]));
    each[i] = submit_info(1, &buffers[i]);
  }
  all = submit_info(BATCH, buffers);
  VkFenceCreateInfo fence_info = {.sType = VK_STRUCTURE_TYPE_FENCE_CREATE_INFO};
  check("vkCreateFence", vkCreateFence(device, &fence_info, NULL, &fence));
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
}

static void print(const struct kind *kind, const int64_t *samples, size_t count) {
  printf("%s\"%s\":[", kind == KINDS ? "" : ",", kind->name);
  for (size_t i = 0; i < count; i++) printf("%s%" PRId64, i > 0 ? "," : "", samples[i]);
  printf("]");
}

int main(int argc, char **argv) {
  if (argc != 3 && argc != 5) {
    fprintf(stderr, "usage: %s SAMPLES GAP_NS [DRIVER_CPU THREAD_CPU]\n", argv[0]);
    return 2;
  }
  size_t count = strtoul(argv[1], NULL, 10);
  int64_t gap_ns = strtoll(argv[2], NULL, 10);
  int64_t *samples = count > 0 ? malloc(count * sizeof *samples) : NULL;
  if (samples == NULL) return 2;
  if (argc == 5) move_to(atoi(argv[3]));
  VkPhysicalDeviceProperties properties;
  open_device(&properties);
  // A driver may start its threads as late as at the first submission.
  sample_ns(KINDS);
  if (argc == 5) move_to(atoi(argv[4]));
  printf("{\"device\":\"%s\",\"samplesNs\":{", properties.deviceName);
  for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
    measure(&KINDS[i], gap_ns, samples, count);
    print(&KINDS[i], samples, count);
  }
  printf("}}\n");
  return 0;
}
