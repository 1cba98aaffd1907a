#version 450
#extension GL_GOOGLE_include_directive : require
// Rate of a floating-point reduction in a fixed order: every workgroup leaves one sum, and a second
// dispatch of one workgroup sums those. No atomics: the result repeats bit for bit.
//
//   n               floats in x, a multiple of 4
//   WORKGROUP_SIZE  a power of two
//   groups          sums in sums; workgroup g sums the vec4s i with (i / WORKGROUP_SIZE) mod groups = g
//   bytes           4 n read
//   flops           n
//   verify          every sum against one in double precision, within the bound of additions nested
//                   ceil(n / (4 * WORKGROUP_SIZE * groups)) + 2 + log2(WORKGROUP_SIZE) deep
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint n; };
layout(binding = 0) readonly buffer X { vec4 x[]; };
layout(binding = 1) writeonly buffer Sums { float sums[]; };

#define SCALAR float
#include "../include/workgroup-tree-sum.glsl"

void main() {
  uint count = n / 4u;
  uint stride = gl_NumWorkGroups.x * WORKGROUP_SIZE;
  vec4 sum = vec4(0.0);
  for (uint i = gl_GlobalInvocationID.x; i < count; i += stride) sum += x[i];

  float groupSum = workgroupTreeSum((sum.x + sum.y) + (sum.z + sum.w));
  if (gl_LocalInvocationID.x == 0u) sums[gl_WorkGroupID.x] = groupSum;
}
