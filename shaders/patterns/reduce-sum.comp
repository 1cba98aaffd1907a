#version 450
#extension GL_GOOGLE_include_directive : require
// Rate of a reduction: the sum of n unsigned integers, modulo 2^32.
//
// Each invocation sums a grid-stride share in a register, a tree in shared memory sums the workgroup,
// and one atomic per workgroup adds to the total. Needs no subgroup operations.
//
//   n               integers in x, a multiple of 4
//   WORKGROUP_SIZE  a power of two
//   groups          any number up to ceil(n / (4 * WORKGROUP_SIZE)); some hundred fill a large GPU
//   bytes           4 n read
//   verify          total[0] grows by exactly sum(x) modulo 2^32 with every dispatch, whatever the
//                   order; the kernel does not clear it
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint n; };
layout(binding = 0) readonly buffer X { uvec4 x[]; };
layout(binding = 1) buffer Total { uint total[]; };

#define SCALAR uint
#include "../include/workgroup-tree-sum.glsl"

void main() {
  uint count = n / 4u;
  uint stride = gl_NumWorkGroups.x * WORKGROUP_SIZE;
  uvec4 sum = uvec4(0u);
  for (uint i = gl_GlobalInvocationID.x; i < count; i += stride) sum += x[i];

  uint groupSum = workgroupTreeSum(sum.x + sum.y + sum.z + sum.w);
  if (gl_LocalInvocationID.x == 0u) atomicAdd(total[0], groupSum);
}
