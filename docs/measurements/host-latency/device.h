// The device of host-latency.c: opened as guestmark opens it, with a command buffer that is empty and many that each
// add one to a counter by a dispatch of one invocation, behind a barrier. Nothing here is timed.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <vulkan/vulkan.h>

enum { BATCH = 64 };

static VkDevice device;
static VkQueue queue;
static VkFence fence;
static VkCommandBuffer empty, counting[BATCH];
// The counter, in mapped memory.
static const volatile uint32_t *counter;

static void check(const char *call, VkResult result) {
  if (result == VK_SUCCESS) return;
  fprintf(stderr, "Cannot go on: %s gave %d\n", call, result);
  exit(1);
}

static void fail(const char *reason) {
  fprintf(stderr, "Cannot go on: %s\n", reason);
  exit(1);
}

static uint32_t compute_family(VkPhysicalDevice physical) {
  VkQueueFamilyProperties families[16];
  uint32_t count = 16;
  vkGetPhysicalDeviceQueueFamilyProperties(physical, &count, families);
  // As guestmark chooses: without graphics where there is such a one.
  for (uint32_t i = 0; i < count; i++) {
    if ((families[i].queueFlags & (VK_QUEUE_COMPUTE_BIT | VK_QUEUE_GRAPHICS_BIT)) == VK_QUEUE_COMPUTE_BIT) return i;
  }
  for (uint32_t i = 0; i < count; i++) {
    if (families[i].queueFlags & VK_QUEUE_COMPUTE_BIT) return i;
  }
  fail("no queue family computes");
  return 0;
}

static VkPhysicalDevice open_instance(void) {
  VkApplicationInfo application = {.sType = VK_STRUCTURE_TYPE_APPLICATION_INFO, .apiVersion = VK_API_VERSION_1_1};
  VkInstanceCreateInfo info = {.sType = VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO, .pApplicationInfo = &application};
  VkInstance instance;
  check("vkCreateInstance", vkCreateInstance(&info, NULL, &instance));
  VkPhysicalDevice physical;
  uint32_t count = 1;
  VkResult listed = vkEnumeratePhysicalDevices(instance, &count, &physical);
  if (listed != VK_INCOMPLETE) check("vkEnumeratePhysicalDevices", listed);
  if (count == 0) fail("there is no Vulkan device");
  return physical;
}

static void open_queue(VkPhysicalDevice physical, uint32_t family) {
  float priority = 1;
  VkDeviceQueueCreateInfo queue_info = {.sType = VK_STRUCTURE_TYPE_DEVICE_QUEUE_CREATE_INFO,
                                        .queueFamilyIndex = family,
                                        .queueCount = 1,
                                        .pQueuePriorities = &priority};
  VkDeviceCreateInfo device_info = {
      .sType = VK_STRUCTURE_TYPE_DEVICE_CREATE_INFO, .queueCreateInfoCount = 1, .pQueueCreateInfos = &queue_info};
  check("vkCreateDevice", vkCreateDevice(physical, &device_info, NULL, &device));
  vkGetDeviceQueue(device, family, 0, &queue);
  VkFenceCreateInfo fence_info = {.sType = VK_STRUCTURE_TYPE_FENCE_CREATE_INFO};
  check("vkCreateFence", vkCreateFence(device, &fence_info, NULL, &fence));
}

// Mapped memory for the counter, which starts at 0.
static VkBuffer make_counter(VkPhysicalDevice physical) {
  VkBufferCreateInfo info = {.sType = VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO,
                             .size = sizeof *counter,
                             .usage = VK_BUFFER_USAGE_STORAGE_BUFFER_BIT};
  VkBuffer buffer;
  check("vkCreateBuffer", vkCreateBuffer(device, &info, NULL, &buffer));
  VkMemoryRequirements needed;
  vkGetBufferMemoryRequirements(device, buffer, &needed);
  VkPhysicalDeviceMemoryProperties memory;
  vkGetPhysicalDeviceMemoryProperties(physical, &memory);
  VkMemoryPropertyFlags wanted = VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT;
  uint32_t type = 0;
  while (type < memory.memoryTypeCount &&
         !((needed.memoryTypeBits >> type & 1) && (memory.memoryTypes[type].propertyFlags & wanted) == wanted)) type++;
  VkMemoryAllocateInfo allocation = {
      .sType = VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_INFO, .allocationSize = needed.size, .memoryTypeIndex = type};
  VkDeviceMemory allocated;
  check("vkAllocateMemory", vkAllocateMemory(device, &allocation, NULL, &allocated));
  check("vkBindBufferMemory", vkBindBufferMemory(device, buffer, allocated, 0));
  void *mapped;
  check("vkMapMemory", vkMapMemory(device, allocated, 0, VK_WHOLE_SIZE, 0, &mapped));
  *(uint32_t *)mapped = 0;
  counter = mapped;
  return buffer;
}

static VkDescriptorSet describe(VkDescriptorSetLayout layout, VkBuffer buffer) {
  VkDescriptorPoolSize size = {VK_DESCRIPTOR_TYPE_STORAGE_BUFFER, 1};
  VkDescriptorPoolCreateInfo pool_info = {.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_POOL_CREATE_INFO,
                                          .maxSets = 1,
                                          .poolSizeCount = 1,
                                          .pPoolSizes = &size};
  VkDescriptorPool pool;
  check("vkCreateDescriptorPool", vkCreateDescriptorPool(device, &pool_info, NULL, &pool));
  VkDescriptorSetAllocateInfo set_info = {.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_SET_ALLOCATE_INFO,
                                          .descriptorPool = pool,
                                          .descriptorSetCount = 1,
                                          .pSetLayouts = &layout};
  VkDescriptorSet set;
  check("vkAllocateDescriptorSets", vkAllocateDescriptorSets(device, &set_info, &set));
  VkDescriptorBufferInfo range = {.buffer = buffer, .range = VK_WHOLE_SIZE};
  VkWriteDescriptorSet write = {.sType = VK_STRUCTURE_TYPE_WRITE_DESCRIPTOR_SET,
                                .dstSet = set,
                                .descriptorCount = 1,
                                .descriptorType = VK_DESCRIPTOR_TYPE_STORAGE_BUFFER,
                                .pBufferInfo = &range};
  vkUpdateDescriptorSets(device, 1, &write, 0, NULL);
  return set;
}

static VkShaderModule load_kernel(const char *path) {
  FILE *file = fopen(path, "rb");
  static uint32_t words[4096];
  size_t count = file == NULL ? 0 : fread(words, sizeof *words, 4096, file);
  if (count == 0 || count == 4096) fail("the kernel cannot be read");
  fclose(file);
  VkShaderModuleCreateInfo info = {
      .sType = VK_STRUCTURE_TYPE_SHADER_MODULE_CREATE_INFO, .codeSize = count * sizeof *words, .pCode = words};
  VkShaderModule module;
  check("vkCreateShaderModule", vkCreateShaderModule(device, &info, NULL, &module));
  return module;
}

static VkDescriptorSetLayout set_layout_of_one_buffer(void) {
  VkDescriptorSetLayoutBinding binding = {.descriptorType = VK_DESCRIPTOR_TYPE_STORAGE_BUFFER,
                                          .descriptorCount = 1,
                                          .stageFlags = VK_SHADER_STAGE_COMPUTE_BIT};
  VkDescriptorSetLayoutCreateInfo info = {
      .sType = VK_STRUCTURE_TYPE_DESCRIPTOR_SET_LAYOUT_CREATE_INFO, .bindingCount = 1, .pBindings = &binding};
  VkDescriptorSetLayout layout;
  check("vkCreateDescriptorSetLayout", vkCreateDescriptorSetLayout(device, &info, NULL, &layout));
  return layout;
}

static VkPipelineLayout pipeline_layout_of(VkDescriptorSetLayout set_layout) {
  VkPipelineLayoutCreateInfo info = {
      .sType = VK_STRUCTURE_TYPE_PIPELINE_LAYOUT_CREATE_INFO, .setLayoutCount = 1, .pSetLayouts = &set_layout};
  VkPipelineLayout layout;
  check("vkCreatePipelineLayout", vkCreatePipelineLayout(device, &info, NULL, &layout));
  return layout;
}

static VkPipeline make_pipeline(VkPipelineLayout layout, const char *kernel) {
  VkComputePipelineCreateInfo info = {
      .sType = VK_STRUCTURE_TYPE_COMPUTE_PIPELINE_CREATE_INFO,
      .stage = {.sType = VK_STRUCTURE_TYPE_PIPELINE_SHADER_STAGE_CREATE_INFO,
                .stage = VK_SHADER_STAGE_COMPUTE_BIT,
                .module = load_kernel(kernel),
                .pName = "main"},
      .layout = layout};
  VkPipeline pipeline;
  check("vkCreateComputePipelines", vkCreateComputePipelines(device, VK_NULL_HANDLE, 1, &info, NULL, &pipeline));
  return pipeline;
}

static void begin(VkCommandBuffer buffer) {
  VkCommandBufferBeginInfo info = {.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_BEGIN_INFO};
  check("vkBeginCommandBuffer", vkBeginCommandBuffer(buffer, &info));
}

static void record_dispatch(VkCommandBuffer buffer, VkPipeline pipeline, VkPipelineLayout layout, VkDescriptorSet set) {
  VkAccessFlags writes = VK_ACCESS_SHADER_WRITE_BIT | VK_ACCESS_TRANSFER_WRITE_BIT;
  VkAccessFlags reads = VK_ACCESS_UNIFORM_READ_BIT | VK_ACCESS_SHADER_READ_BIT | VK_ACCESS_TRANSFER_READ_BIT |
                        VK_ACCESS_INDIRECT_COMMAND_READ_BIT;
  VkMemoryBarrier barrier = {
      .sType = VK_STRUCTURE_TYPE_MEMORY_BARRIER, .srcAccessMask = writes, .dstAccessMask = reads | writes};
  VkPipelineStageFlags work = VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT | VK_PIPELINE_STAGE_TRANSFER_BIT;
  VkPipelineStageFlags next = work | VK_PIPELINE_STAGE_DRAW_INDIRECT_BIT;
  vkCmdPipelineBarrier(buffer, work, next, 0, 1, &barrier, 0, NULL, 0, NULL);
  vkCmdBindPipeline(buffer, VK_PIPELINE_BIND_POINT_COMPUTE, pipeline);
  vkCmdBindDescriptorSets(buffer, VK_PIPELINE_BIND_POINT_COMPUTE, layout, 0, 1, &set, 0, NULL);
  vkCmdDispatch(buffer, 1, 1, 1);
}

static void allocate(VkCommandPool pool, uint32_t count, VkCommandBuffer *buffers) {
  VkCommandBufferAllocateInfo info = {.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_ALLOCATE_INFO,
                                      .commandPool = pool,
                                      .level = VK_COMMAND_BUFFER_LEVEL_PRIMARY,
                                      .commandBufferCount = count};
  check("vkAllocateCommandBuffers", vkAllocateCommandBuffers(device, &info, buffers));
}

// `kernel`: the SPIR-V of shaders/host/increment.comp.
static void open_device(const char *kernel) {
  VkPhysicalDevice physical = open_instance();
  uint32_t family = compute_family(physical);
  open_queue(physical, family);
  VkDescriptorSetLayout set_layout = set_layout_of_one_buffer();
  VkPipelineLayout layout = pipeline_layout_of(set_layout);
  VkDescriptorSet set = describe(set_layout, make_counter(physical));
  VkPipeline pipeline = make_pipeline(layout, kernel);
  VkCommandPoolCreateInfo pool_info = {.sType = VK_STRUCTURE_TYPE_COMMAND_POOL_CREATE_INFO, .queueFamilyIndex = family};
  VkCommandPool pool;
  check("vkCreateCommandPool", vkCreateCommandPool(device, &pool_info, NULL, &pool));
  allocate(pool, 1, &empty);
  begin(empty);
  check("vkEndCommandBuffer", vkEndCommandBuffer(empty));
  allocate(pool, BATCH, counting);
  for (int i = 0; i < BATCH; i++) {
    begin(counting[i]);
    record_dispatch(counting[i], pipeline, layout, set);
    check("vkEndCommandBuffer", vkEndCommandBuffer(counting[i]));
  }
}
