// The yardstick: empty submit + wait + reset in C, on handles made elsewhere, so that C and guestmark use
// the same device, queue, worker threads and calling thread and can be interleaved closely.
#define _POSIX_C_SOURCE 200809L
#include <stdint.h>
#include <time.h>
#include <vulkan/vulkan.h>

// Returns nanoseconds of thread CPU time per triple, or a negative VkResult.
double triples(uint64_t device_handle, uint64_t queue_handle, uint64_t fence_handle, uint64_t commands_handle, int count) {
  VkDevice device = (VkDevice)(uintptr_t)device_handle;
  VkQueue queue = (VkQueue)(uintptr_t)queue_handle;
  VkFence fence = (VkFence)fence_handle;
  VkCommandBuffer commands = (VkCommandBuffer)(uintptr_t)commands_handle;
  VkSubmitInfo submit = {.sType = VK_STRUCTURE_TYPE_SUBMIT_INFO, .commandBufferCount = 1, .pCommandBuffers = &commands};
  struct timespec from, to;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
  for (int i = 0; i < count; i++) {
    VkResult result = vkQueueSubmit(queue, 1, &submit, fence);
    if (result == VK_SUCCESS) result = vkWaitForFences(device, 1, &fence, VK_TRUE, 500000000);
    if (result == VK_SUCCESS) result = vkResetFences(device, 1, &fence);
    if (result != VK_SUCCESS) return result;
  }
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
  return ((to.tv_sec - from.tv_sec) * 1e9 + (to.tv_nsec - from.tv_nsec)) / count;
}
