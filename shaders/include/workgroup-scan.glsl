#extension GL_KHR_shader_subgroup_basic : require
#extension GL_KHR_shader_subgroup_arithmetic : require
// Exclusive prefix sums over a workgroup, of SCANNED (uint, or uvec4 for four at once): subgroups scan their own values,
// the first subgroup scans their sums. Right for any subgroup size; wants WORKGROUP_SIZE, and invocations that are
// numbered along their subgroups, as every known device numbers those of a workgroup in one dimension.
shared SCANNED subgroupSums[WORKGROUP_SIZE + 1u];

// Sum of `value` over the invocations before this one; `total` receives that over all of them. A caller that comes
// again puts a barrier between, because this ends with reading.
SCANNED workgroupExclusiveAdd(SCANNED value, out SCANNED total) {
  SCANNED before = subgroupExclusiveAdd(value);
  SCANNED sum = subgroupAdd(value);
  if (subgroupElect()) subgroupSums[gl_SubgroupID] = sum;
  barrier();
  if (gl_SubgroupID == 0u) {
    SCANNED carry = SCANNED(0u);
    for (uint i = gl_SubgroupInvocationID; i < gl_NumSubgroups; i += gl_SubgroupSize) {
      SCANNED own = subgroupSums[i];
      SCANNED offset = carry + subgroupExclusiveAdd(own);
      carry += subgroupAdd(own);
      subgroupSums[i] = offset;
      if (i == gl_NumSubgroups - 1u) subgroupSums[gl_NumSubgroups] = offset + own;
    }
  }
  barrier();
  total = subgroupSums[gl_NumSubgroups];
  return subgroupSums[gl_SubgroupID] + before;
}
