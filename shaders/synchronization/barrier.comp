#version 450
// Time of a barrier of a workgroup, with the store that it orders before a load of another invocation's value.
//
// A barrier without these two could be left out and nobody would notice. Two halves are used in turn, so that one
// barrier is enough between a store and the load, and none between the load and the next store.
//
//   loops    iterations of 8 barriers. At most 60000: llvmpipe silently ends an invocation's loops after 65535 iterations
//   start    WORKGROUP_SIZE words
//   items    8 loops barriers per workgroup
//   verify   exactly, modulo 2^32: a barrier moves a value on by one invocation and adds 1, so after R = 8 loops of them
//              result[i of workgroup g] = start[(i + R) mod WORKGROUP_SIZE] + g + R
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint loops; };
layout(binding = 0) readonly buffer Start { uint start[]; };
layout(binding = 1) writeonly buffer Result { uint result[]; };

shared uint low[WORKGROUP_SIZE], high[WORKGROUP_SIZE];

#define PASS(half) half[lane] = x; barrier(); x = half[neighbour] + 1u;
#define PASS_2 PASS(low) PASS(high)

void main() {
  uint lane = gl_LocalInvocationID.x;
  uint neighbour = lane + 1u == WORKGROUP_SIZE ? 0u : lane + 1u;
  uint x = start[lane] + gl_WorkGroupID.x;
  for (uint i = 0u; i < loops; i++) { PASS_2 PASS_2 PASS_2 PASS_2 }
  result[gl_GlobalInvocationID.x] = x;
}
