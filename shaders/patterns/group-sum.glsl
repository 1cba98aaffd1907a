// The sum of one value of every invocation of a one-dimensional workgroup, by a tree in shared memory: log2(WORKGROUP_SIZE)
// additions on the longest way. WORKGROUP_SIZE must be a power of two. All invocations must call it, and may call it again.
shared float partialSum[WORKGROUP_SIZE];

float groupSum(float own) {
  uint id = gl_LocalInvocationIndex;
  partialSum[id] = own;
  barrier();
  for (uint step = WORKGROUP_SIZE / 2u; step > 0u; step /= 2u) {
    if (id < step) partialSum[id] += partialSum[id + step];
    barrier();
  }
  float sum = partialSum[0];
  // Nobody may write the next value before all have read this sum.
  barrier();
  return sum;
}
