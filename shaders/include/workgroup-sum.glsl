// The sum of a value of every invocation of a workgroup, for its first invocation. Three steps in place of a tree: only
// two barriers, which a software device pays for with a switch of every invocation. WORKGROUP_SIZE is at least 8.
const uint HEADS = 8u;

shared SCALAR sums[WORKGROUP_SIZE];
shared SCALAR heads[HEADS];

SCALAR workgroupSum(SCALAR value) {
  uint lane = gl_LocalInvocationID.x;
  sums[lane] = value;
  barrier();
  if (lane < HEADS) {
    SCALAR head = SCALAR(0);
    for (uint i = lane; i < WORKGROUP_SIZE; i += HEADS) head += sums[i];
    heads[lane] = head;
  }
  barrier();
  SCALAR total = SCALAR(0);
  if (lane == 0u) {
    for (uint i = 0u; i < HEADS; i++) total += heads[i];
  }
  return total;
}
