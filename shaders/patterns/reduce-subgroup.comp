#version 450
#extension GL_KHR_shader_subgroup_basic : require
#extension GL_KHR_shader_subgroup_arithmetic : require
// Rate of a reduction: the sum of n unsigned integers, modulo 2^32, by subgroup operations.
//
// Each invocation sums a grid-stride share in a register, one operation sums each subgroup, the first
// subgroup sums what the others left in shared memory, and one atomic per workgroup adds to the total.
// A workgroup may have more subgroups than a subgroup has invocations.
//
//   n        integers in x, a multiple of 4
//   groups   any number up to ceil(n / (4 * WORKGROUP_SIZE)); some hundred fill a large GPU
//   bytes    4 n read
//   verify   total[0] grows by exactly sum(x) modulo 2^32 with every dispatch, whatever the order; the
//            kernel does not clear it
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint n; };
layout(binding = 0) readonly buffer X { uvec4 x[]; };
layout(binding = 1) buffer Total { uint total[]; };

shared uint partial[WORKGROUP_SIZE];

void main() {
  uint count = n / 4u;
  uint stride = gl_NumWorkGroups.x * WORKGROUP_SIZE;
  uvec4 sum = uvec4(0u);
  for (uint i = gl_GlobalInvocationID.x; i < count; i += stride) sum += x[i];

  uint subgroupSum = subgroupAdd(sum.x + sum.y + sum.z + sum.w);
  if (subgroupElect()) partial[gl_SubgroupID] = subgroupSum;
  barrier();
  if (gl_SubgroupID > 0u) return;

  uint share = 0u;
  for (uint i = gl_SubgroupInvocationID; i < gl_NumSubgroups; i += gl_SubgroupSize) share += partial[i];
  uint groupSum = subgroupAdd(share);
  if (subgroupElect()) atomicAdd(total[0], groupSum);
}
