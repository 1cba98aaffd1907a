#version 450
#extension GL_GOOGLE_include_directive : require
// Second of the three dispatches of an exclusive prefix sum: one workgroup scans the sums of all parts, in
// place.
//
//   count           sums
//   groups          [1, 1, 1]
//   verify          by what scan-blocks.comp writes in the end
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint count; };
layout(binding = 0) buffer Sums { uint sums[]; };

#define SCANNED uint
#include "../include/workgroup-scan.glsl"

uint load(uint i) {
  if (i < count) return sums[i];
  return 0u;
}

void main() {
  uint lane = gl_LocalInvocationID.x;
  uint before = 0u;
  for (uint tile = 0u; tile < count; tile += WORKGROUP_SIZE) {
    uint total;
    uint offset = workgroupExclusiveAdd(load(tile + lane), total);
    if (tile + lane < count) sums[tile + lane] = before + offset;
    before += total;
    barrier();
  }
}
