// The sum of a value of every invocation of a workgroup, in all of them, by a tree in shared memory: log2(WORKGROUP_SIZE)
// additions on the longest way. WORKGROUP_SIZE is a power of two. A caller that comes again puts a barrier between,
// because this ends with reading. Where a sum is not what is measured, workgroup-sum.glsl takes fewer barriers.
shared SCALAR partial[WORKGROUP_SIZE];

SCALAR workgroupTreeSum(SCALAR value) {
  uint lane = gl_LocalInvocationID.x;
  partial[lane] = value;
  barrier();
  for (uint width = WORKGROUP_SIZE / 2u; width > 0u; width /= 2u) {
    if (lane < width) partial[lane] += partial[lane + width];
    barrier();
  }
  return partial[0];
}
