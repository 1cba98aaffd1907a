#version 450
// Operations of subgroups, each depending on the one before.
//
// What an operation does to x forgets nothing: a sum, a scan or a broadcast of x itself would soon be the same whatever
// was left out.
//
//   loops    iterations of 8 operations. At most 60000: llvmpipe silently ends an invocation's loops after 65535 iterations
//   ALONE    whether only the first subgroup of a workgroup makes the operations
//   start    WORKGROUP_SIZE words, the same for all workgroups
//   places   what the device says of itself, per invocation: size of its subgroup, number of the subgroup in the
//            workgroup, number of the invocation in the subgroup, in the bits from 16, 8 and 0 on
//   items    8 loops operations per invocation
//   verify   exactly, modulo 2^32: the same operations on the CPU, with the invocations in the places that the device
//            says. These must be plausible: a size that is a power of two, and no place taken twice.
//              reduce     x += sum of x over the subgroup
//              scan       x = sum of x over the invocations up to this one
//              shuffle    x = x of the next invocation, of the last one's the first, times (2 i + 1) for invocation i, + 1
//              ballot     x = 1664525 x + the votes of the first 32 invocations, a vote being the highest bit of x
//              broadcast  x += 2 (x of invocation 0, 1, 2, 3 in turn) + 1
//            The number of the workgroup is added at the end.
// variant reduce: OP=REDUCE
// variant scan: OP=SCAN
// variant shuffle: OP=SHUFFLE
// variant ballot: OP=BALLOT
// variant broadcast: OP=BROADCAST
#extension GL_KHR_shader_subgroup_basic : require
#extension GL_KHR_shader_subgroup_arithmetic : require
#extension GL_KHR_shader_subgroup_ballot : require
#extension GL_KHR_shader_subgroup_shuffle : require
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;
layout(constant_id = 1) const bool ALONE = false;

layout(push_constant) uniform Push { uint loops; };
layout(binding = 0) readonly buffer Start { uint start[]; };
layout(binding = 1) writeonly buffer Result { uint result[]; };
layout(binding = 2) writeonly buffer Places { uint places[]; };

#define REDUCE(k) x += subgroupAdd(x);
#define SCAN(k) x = subgroupInclusiveAdd(x);
#define SHUFFLE(k) x = subgroupShuffle(x, next) * factor + 1u;
#define BALLOT(k) x = x * 1664525u + subgroupBallot(int(x) < 0).x;
#define BROADCAST(k) x += 2u * subgroupBroadcast(x, k) + 1u;
#define OP_4 OP(0u) OP(1u) OP(2u) OP(3u)

void main() {
  uint next = (gl_SubgroupInvocationID + 1u) & (gl_SubgroupSize - 1u);
  uint factor = 2u * gl_SubgroupInvocationID + 1u;
  uint x = start[gl_LocalInvocationID.x];
  uint turns = ALONE && gl_SubgroupID > 0u ? 0u : loops;
  for (uint i = 0u; i < turns; i++) { OP_4 OP_4 }
  result[gl_GlobalInvocationID.x] = x + gl_WorkGroupID.x;
  places[gl_GlobalInvocationID.x] = (gl_SubgroupSize << 16) | (gl_SubgroupID << 8) | gl_SubgroupInvocationID;
}
