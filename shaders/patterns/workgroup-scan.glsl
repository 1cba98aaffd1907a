// Exclusive prefix sums over a workgroup, of four numbers per invocation at once: doubling steps between two halves of
// shared memory (Hillis and Steele), so that a step costs one barrier. Wants WORKGROUP_SIZE, a power of two.
shared uvec4 scanned[2u * WORKGROUP_SIZE];

// Sum of `value` over the invocations before this one; `total` receives that over all of them. A caller that comes
// again puts a barrier between, because this ends with reading.
uvec4 workgroupExclusiveAdd(uint lane, uvec4 value, out uvec4 total) {
  uint front = 0u;
  scanned[lane] = value;
  barrier();
  for (uint width = 1u; width < WORKGROUP_SIZE; width *= 2u) {
    uvec4 sum = scanned[front + lane];
    if (lane >= width) sum += scanned[front + lane - width];
    front = WORKGROUP_SIZE - front;
    scanned[front + lane] = sum;
    barrier();
  }
  total = scanned[front + WORKGROUP_SIZE - 1u];
  return scanned[front + lane] - value;
}
