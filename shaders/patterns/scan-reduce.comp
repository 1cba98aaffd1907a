#version 450
#extension GL_GOOGLE_include_directive : require
// First of the three dispatches of an exclusive prefix sum (reduce, then scan): every workgroup sums its
// part of the array. scan-sums.comp scans the sums, scan-blocks.comp the parts.
//
// A single pass with decoupled look-back would read the array once less, but its workgroups wait for one
// another, and Vulkan promises no forward progress between workgroups.
//
//   n               integers in x, a multiple of 4
//   part            vec4s of a workgroup, one after the other: group g has those from g * part
//   WORKGROUP_SIZE  a power of two
//   groups          sums in sums
//   bytes           4 n read
//   verify          by what scan-blocks.comp writes in the end
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint n; uint part; };
layout(binding = 0) readonly buffer X { uvec4 x[]; };
layout(binding = 1) writeonly buffer Sums { uint sums[]; };

#define SCALAR uint
#include "../include/workgroup-tree-sum.glsl"

void main() {
  uint lane = gl_LocalInvocationID.x;
  uint start = gl_WorkGroupID.x * part;
  uint end = min(start + part, n / 4u);
  uvec4 sum = uvec4(0u);
  for (uint i = start + lane; i < end; i += WORKGROUP_SIZE) sum += x[i];

  uint groupSum = workgroupTreeSum(sum.x + sum.y + sum.z + sum.w);
  if (lane == 0u) sums[gl_WorkGroupID.x] = groupSum;
}
