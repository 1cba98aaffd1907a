// A Vulkan layer that makes a driver misbehave on purpose: it fails, hangs or crashes the n-th call of a name, spoils
// timestamps, flips bits in device memory, and counts what is created and destroyed. The commands themselves are
// generated from guestmark's own table (commands.inc); here is what they have in common. Written for one driver and one
// instance at a time, as a test has them.
//
// GUESTMARK_FAULT_STATE  file of 64-bit counters, shared by all processes of a run, so that `the n-th call` means the
//                        n-th of the whole run and a fault strikes once although processes are started again
// GUESTMARK_FAULT_PLAN   rules divided by `;`: COMMAND@N=ACTION strikes the N-th call, COMMAND@N/M=ACTION that and every
//                        M-th after it. ACTION: a VkResult to return in place of calling, or crash, exit, hang, gone,
//                        bitflip, zero, backwards, stuck, renamed, never (the fence of that
//                        call never signals). `timestampBits=36:MS` wraps timestamps MS milliseconds after the
//                        first. `load@1=crash` strikes when the library is loaded.
// GUESTMARK_FAULT_FLIPS  file to which every flipped bit appends a line: process, allocation (counted from 1 in the
//                        process), its bytes, the byte that was hit, fences made since the last allocation, submissions since the
//                        last of them
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))
#define VK_ERROR_INITIALIZATION_FAILED (-3)
#define QUERY_RESULT_64_BIT 1u

typedef void (*Function)(void);
typedef Function (*GetAddress)(uint64_t object, const char *name);

enum Action { RETURN, CRASH, EXIT, HANG, GONE, BITFLIP, ZERO, BACKWARDS, STUCK, RENAMED, NEVER };

struct Rule {
  char command[64];
  uint64_t first, every;
  enum Action action;
  int32_t code;
};

#define MOST_RULES 16
static struct Rule rules[MOST_RULES];
static int ruleCount;
static int timestampBits;
static uint64_t timestampLeadNs;

// ---- shared counters -------------------------------------------------------------------------------

enum { STATE_FAULTS, STATE_ALLOCATED_BYTES, STATE_FREED_BYTES, STATE_CALLS };

static uint64_t nowhere[4096];
static uint64_t *state = nowhere;

static uint64_t count(int at, uint64_t by) { return __atomic_add_fetch(&state[at], by, __ATOMIC_RELAXED); }

static void openState(void) {
  const char *path = getenv("GUESTMARK_FAULT_STATE");
  int file = path == NULL ? -1 : open(path, O_RDWR | O_CLOEXEC);
  struct stat status;
  if (file < 0 || fstat(file, &status) != 0) return;
  void *shared = mmap(NULL, (size_t)status.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (shared != MAP_FAILED) state = shared;
  close(file);
}

// ---- the plan --------------------------------------------------------------------------------------

static void readAction(struct Rule *rule, const char *text) {
  static const char *const names[] = {"", "crash", "exit", "hang", "gone", "bitflip", "zero", "backwards", "stuck", "renamed", "never"};
  for (int action = CRASH; action <= NEVER; action++)
    if (strcmp(text, names[action]) == 0) {
      rule->action = (enum Action)action;
      return;
    }
  rule->action = RETURN;
  rule->code = atoi(text);
}

static void readRule(char *text) {
  char *value = strchr(text, '=');
  if (value == NULL || ruleCount == MOST_RULES) abort();
  *value++ = 0;
  if (strcmp(text, "timestampBits") == 0) {
    timestampBits = atoi(value);
    const char *lead = strchr(value, ':');
    timestampLeadNs = lead == NULL ? 0 : strtoull(lead + 1, NULL, 10) * 1000000u;
    return;
  }
  struct Rule *rule = &rules[ruleCount++];
  char *number = strchr(text, '@');
  if (number == NULL) abort();
  *number++ = 0;
  strncpy(rule->command, text, sizeof rule->command - 1);
  rule->first = strtoull(number, &number, 10);
  rule->every = *number == '/' ? strtoull(number + 1, NULL, 10) : 0;
  readAction(rule, value);
}

static int strikes(const struct Rule *rule, uint64_t call) {
  if (call == rule->first) return 1;
  return rule->every != 0 && call > rule->first && (call - rule->first) % rule->every == 0;
}

/** The rule that strikes this call of a command, or null. */
static const struct Rule *ruleFor(const char *command, uint64_t call) {
  for (int i = 0; i < ruleCount; i++)
    if (strcmp(rules[i].command, command) == 0 && strikes(&rules[i], call)) {
      count(STATE_FAULTS, 1);
      return &rules[i];
    }
  return NULL;
}

/** Carries out what needs no call. Returns whether the command is not to be called, and what it returns then. */
static int strike(const struct Rule *rule, int32_t *code) {
  if (rule == NULL) return 0;
  if (rule->action == CRASH) *(volatile int *)(uintptr_t)8 = 0;
  if (rule->action == EXIT) _exit(3);
  while (rule->action == HANG) pause();
  *code = rule->code;
  return rule->action == RETURN;
}

__attribute__((constructor)) static void load(void) {
  openState();
  char *plan = getenv("GUESTMARK_FAULT_PLAN");
  plan = plan == NULL ? NULL : strdup(plan);
  for (char *rest = plan, *text; plan != NULL && (text = strsep(&rest, ";")) != NULL;)
    if (*text != 0) readRule(text);
  int32_t code;
  strike(ruleFor("load", 1), &code);
}

// ---- timestamps ------------------------------------------------------------------------------------

static uint64_t wrapped(uint64_t ticks) {
  static uint64_t offset;
  if (timestampBits == 0) return ticks;
  const uint64_t mask = (1ull << timestampBits) - 1;
  // The counter starts a little before its end, in every process.
  if (offset == 0) offset = mask - timestampLeadNs - ticks;
  return (ticks + offset) & mask;
}

static void spoilTimestamps(const struct Rule *rule, uint32_t queries, uint8_t *data, uint64_t stride, uint32_t flags) {
  if (!(flags & QUERY_RESULT_64_BIT) || data == NULL) return;
  for (uint32_t i = 0; i < queries; i++) {
    uint64_t *ticks = (uint64_t *)(data + i * stride);
    *ticks = wrapped(*ticks);
    if (rule != NULL && rule->action == ZERO) *ticks = 0;
    if (rule != NULL && rule->action == STUCK) *ticks = 1000000;
  }
  if (rule == NULL || rule->action != BACKWARDS) return;
  for (uint32_t i = 0; i < queries / 2; i++) {
    uint64_t *low = (uint64_t *)(data + i * stride), *high = (uint64_t *)(data + (queries - 1 - i) * stride);
    const uint64_t kept = *low;
    *low = *high;
    *high = kept;
  }
}

// ---- memory ----------------------------------------------------------------------------------------

struct Allocation {
  uint64_t memory, bytes, serial;
  uint8_t *mapped;
};

#define MOST_ALLOCATIONS 4096
static struct Allocation allocations[MOST_ALLOCATIONS];
static uint64_t allocationCount, fencesSince, submissionsSince;

static struct Allocation *allocationOf(uint64_t memory) {
  for (int i = 0; i < MOST_ALLOCATIONS; i++)
    if (allocations[i].memory == memory) return &allocations[i];
  return NULL;
}

struct AllocateInfo {
  uint32_t sType;
  const void *next;
  uint64_t bytes;
};

static void allocated(uint64_t memory, uint64_t bytes) {
  count(STATE_ALLOCATED_BYTES, bytes);
  struct Allocation *free = allocationOf(0);
  if (free != NULL) *free = (struct Allocation){memory, bytes, ++allocationCount, NULL};
  fencesSince = submissionsSince = 0;
}

static void freed(uint64_t memory) {
  struct Allocation *allocation = memory == 0 ? NULL : allocationOf(memory);
  if (allocation == NULL) return;
  count(STATE_FREED_BYTES, allocation->bytes);
  *allocation = (struct Allocation){0, 0, 0, NULL};
}

static void mapped(uint64_t memory, void *data) {
  struct Allocation *allocation = allocationOf(memory);
  if (allocation != NULL) allocation->mapped = data;
}

static uint64_t seed = 0x9e3779b97f4a7c15ull;

/** xorshift64 (Marsaglia 2003), so that a run can be made again. */
static uint64_t drawn(void) {
  seed ^= seed << 13;
  seed ^= seed >> 7;
  return seed ^= seed << 17;
}

/** A live allocation, a larger one more often. */
static struct Allocation *drawnAllocation(void) {
  uint64_t total = 0;
  for (int i = 0; i < MOST_ALLOCATIONS; i++) total += allocations[i].bytes;
  uint64_t left = total == 0 ? 0 : drawn() % total;
  for (int i = 0; i < MOST_ALLOCATIONS; i++) {
    if (left < allocations[i].bytes) return &allocations[i];
    left -= allocations[i].bytes;
  }
  return NULL;
}

// ---- fences ----------------------------------------------------------------------------------------

/** Fences of this process from here on: one of them never signals. */
static uint64_t deafFence;

static int isDeaf(const struct Rule *rule, uint64_t fence) {
  if (rule != NULL && rule->action == NEVER) deafFence = fence;
  return deafFence != 0 && deafFence == fence;
}

static void sleepFor(uint64_t ns) {
  const struct timespec length = {(time_t)(ns / 1000000000u), (long)(ns % 1000000000u)};
  nanosleep(&length, NULL);
}

// ---- another device --------------------------------------------------------------------------------

#define DRIVER_VERSION 4
#define DEVICE_NAME 20
#define ID_PROPERTIES 1000071004u

struct Link2 {
  uint32_t sType;
  struct Link2 *next;
};

/** Makes VkPhysicalDeviceProperties those of another device. */
static void rename1(const struct Rule *rule, void *properties) {
  if (rule == NULL || rule->action != RENAMED) return;
  uint8_t *bytes = properties;
  *(uint32_t *)(bytes + DRIVER_VERSION) += 1;
  strcpy((char *)bytes + DEVICE_NAME, "another device");
}

/** The same of VkPhysicalDeviceProperties2, with the UUID in its chain. */
static void rename2(const struct Rule *rule, void *properties) {
  if (rule == NULL || rule->action != RENAMED) return;
  rename1(rule, (uint8_t *)properties + sizeof(struct Link2));
  for (struct Link2 *link = ((struct Link2 *)properties)->next; link != NULL; link = link->next)
    if (link->sType == ID_PROPERTIES) memset((uint8_t *)link + sizeof(struct Link2), 0xab, 16);
}

/** Takes the queue families away, or says that their timestamps have fewer bits. */
static void changeFamilies(const struct Rule *rule, uint32_t *count, uint32_t *families) {
  if (rule != NULL && rule->action == GONE) *count = 0;
  for (uint32_t i = 0; timestampBits != 0 && families != NULL && i < *count; i++)
    families[i * 6 + 2] = (uint32_t)timestampBits;
}

// ---- the commands ----------------------------------------------------------------------------------

static uint64_t theInstance, theDevice, theQueue;
static void flipBit(void);

#include "commands.inc"

static void tellFlip(const struct Allocation *allocation, uint64_t byte) {
  const char *path = getenv("GUESTMARK_FAULT_FLIPS");
  FILE *file = path == NULL ? NULL : fopen(path, "a");
  if (file == NULL) return;
  const unsigned long long told[] = {allocation->serial, allocation->bytes, byte, fencesSince, submissionsSince};
  fprintf(file, "%d %llu %llu %llu %llu %llu\n", (int)getpid(), told[0], told[1], told[2], told[3], told[4]);
  fclose(file);
}

static void flipBit(void) {
  struct Allocation *allocation = drawnAllocation();
  if (allocation == NULL) return;
  next_vkQueueWaitIdle(theQueue);
  void *data = allocation->mapped;
  if (data == NULL && next_vkMapMemory(theDevice, allocation->memory, 0, ~0ull, 0, &data) < 0) return;
  const uint64_t byte = drawn() % allocation->bytes;
  ((uint8_t *)data)[byte] ^= (uint8_t)(1u << (drawn() % 8));
  tellFlip(allocation, byte);
  if (allocation->mapped == NULL) next_vkUnmapMemory(theDevice, allocation->memory);
}

struct Link {
  struct Link *next;
  GetAddress instanceAddress;
  GetAddress otherAddress;
};

/** What the loader hangs into a create info: VkLayerInstanceCreateInfo and VkLayerDeviceCreateInfo. */
struct Chained {
  uint32_t sType;
  struct Chained *next;
  uint32_t function;
  struct Link *link;
};

static struct Link *takeLink(void *createInfo, uint32_t sType) {
  struct Chained *chained = ((struct Chained *)createInfo)->next;
  while (chained != NULL && !(chained->sType == sType && chained->function == 0)) chained = chained->next;
  if (chained == NULL) return NULL;
  struct Link *link = chained->link;
  chained->link = link->next;
  return link;
}

static GetAddress nextInstanceAddress, nextDeviceAddress;

static int32_t createInstance(void *info, void *allocator, uint64_t *out) {
  int32_t code = 0;
  const struct Rule *rule = ruleFor("vkCreateInstance", count(STATE_CALLS + CALL_vkCreateInstance, 1));
  if (strike(rule, &code)) return code;
  struct Link *link = takeLink(info, 47);
  if (link == NULL) return VK_ERROR_INITIALIZATION_FAILED;
  nextInstanceAddress = link->instanceAddress;
  int32_t (*create)(void *, void *, uint64_t *) = (void *)nextInstanceAddress(0, "vkCreateInstance");
  code = create(info, allocator, out);
  if (code < 0) return code;
  theInstance = *out;
  fillInstance(theInstance, nextInstanceAddress);
  count(STATE_CALLS + CALLS + MADE_VkInstance, 1);
  return code;
}

static int32_t createDevice(uint64_t physicalDevice, void *info, void *allocator, uint64_t *out) {
  int32_t code = 0;
  const struct Rule *rule = ruleFor("vkCreateDevice", count(STATE_CALLS + CALL_vkCreateDevice, 1));
  if (strike(rule, &code)) return code;
  struct Link *link = takeLink(info, 48);
  if (link == NULL) return VK_ERROR_INITIALIZATION_FAILED;
  nextDeviceAddress = link->otherAddress;
  int32_t (*create)(uint64_t, void *, void *, uint64_t *) =
      (void *)link->instanceAddress(theInstance, "vkCreateDevice");
  code = create(physicalDevice, info, allocator, out);
  if (code < 0) return code;
  theDevice = *out;
  fillDevice(theDevice, nextDeviceAddress);
  count(STATE_CALLS + CALLS + MADE_VkDevice, 1);
  return code;
}

static Function deviceAddress(uint64_t device, const char *name) {
  if (strcmp(name, "vkGetDeviceProcAddr") == 0) return (Function)deviceAddress;
  const Function own = ownDevice(name);
  return own != NULL ? own : nextDeviceAddress(device, name);
}

static Function instanceAddress(uint64_t instance, const char *name) {
  if (strcmp(name, "vkGetInstanceProcAddr") == 0) return (Function)instanceAddress;
  if (strcmp(name, "vkGetDeviceProcAddr") == 0) return (Function)deviceAddress;
  if (strcmp(name, "vkCreateInstance") == 0) return (Function)createInstance;
  if (strcmp(name, "vkCreateDevice") == 0) return (Function)createDevice;
  const Function own = ownInstance(name);
  if (own != NULL) return own;
  return nextInstanceAddress == NULL ? NULL : nextInstanceAddress(instance, name);
}

struct Negotiation {
  uint32_t sType;
  void *next;
  uint32_t version;
  GetAddress instanceAddress, deviceAddress, physicalDeviceAddress;
};

EXPORT int32_t vkNegotiateLoaderLayerInterfaceVersion(struct Negotiation *with) {
  if (with->version > 2) with->version = 2;
  with->instanceAddress = instanceAddress;
  with->deviceAddress = deviceAddress;
  with->physicalDeviceAddress = NULL;
  return 0;
}
