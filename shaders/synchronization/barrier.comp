#version 450
// Time of a barrier of a workgroup, with the store that it orders before a load of another invocation's value.
//
// A barrier without these two could be left out and nobody would notice. Two halves are used in turn, so that one
// barrier is enough between a store and the load, and none between the load and the next store.
//
//   loops    iterations of 8 barriers. At most 60000: llvmpipe silently ends an invocation's loops after 65535 iterations
//   start    WORKGROUP_SIZE words
//   items    8 loops barriers per workgroup
//   verify   exactly, modulo 2^32: a round moves values on by one invocation, and invocation i takes x (2 i + 1) + 1 of what it
//            gets: the product tells the invocations, the 1 their order. The number of the workgroup is added at the end.
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint loops; };
layout(binding = 0) readonly buffer Start { uint start[]; };
layout(binding = 1) writeonly buffer Result { uint result[]; };

shared uint low[WORKGROUP_SIZE], high[WORKGROUP_SIZE];

#define PASS(half) half[lane] = x; barrier(); x = half[neighbour] * factor + 1u;
#define PASS_2 PASS(low) PASS(high)

void main() {
  uint lane = gl_LocalInvocationID.x;
  uint neighbour = lane + 1u == WORKGROUP_SIZE ? 0u : lane + 1u;
  uint factor = 2u * lane + 1u;
  uint x = start[lane];
  for (uint i = 0u; i < loops; i++) { PASS_2 PASS_2 PASS_2 PASS_2 }
  result[gl_GlobalInvocationID.x] = x + gl_WorkGroupID.x;
}
