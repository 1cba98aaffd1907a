#version 450
#extension GL_GOOGLE_include_directive : require
// Second of the three dispatches of a pass of the radix sort: workgroup d turns the counts of digit d into
// how many of these keys the parts before have, and leaves how many there are in all.
//
//   parts    columns of counts
//   groups   [256, 1, 1]: one for each digit
//   verify   by what the last pass writes
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint parts; };
layout(binding = 0) buffer Counts { uint counts[]; };
layout(binding = 1) writeonly buffer Totals { uint totals[]; };

#define SCANNED uint
#include "../include/workgroup-scan.glsl"

void main() {
  uint lane = gl_LocalInvocationID.x;
  uint row = gl_WorkGroupID.x * parts;
  uint before = 0u;
  for (uint tile = 0u; tile < parts; tile += WORKGROUP_SIZE) {
    uint part = tile + lane;
    uint count = 0u;
    if (part < parts) count = counts[row + part];
    uint total;
    uint offset = workgroupExclusiveAdd(count, total);
    if (part < parts) counts[row + part] = before + offset;
    before += total;
    barrier();
  }
  if (lane == 0u) totals[gl_WorkGroupID.x] = before;
}
