#version 450
// Rate of a reduction whose invocations meet in one atomic each: the sum of n unsigned integers, modulo
// 2^32. The baseline of reduce-sum and reduce-subgroup.
//
//   n        integers in x, a multiple of 4
//   groups   any number up to ceil(n / (4 * WORKGROUP_SIZE)); groups * WORKGROUP_SIZE atomics are done
//   bytes    4 n read
//   verify   total[0] grows by exactly sum(x) modulo 2^32 with every dispatch, whatever the order; the
//            kernel does not clear it
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint n; };
layout(binding = 0) readonly buffer X { uvec4 x[]; };
layout(binding = 1) buffer Total { uint total[]; };

void main() {
  uint count = n / 4u;
  uint stride = gl_NumWorkGroups.x * WORKGROUP_SIZE;
  uvec4 sum = uvec4(0u);
  for (uint i = gl_GlobalInvocationID.x; i < count; i += stride) sum += x[i];
  atomicAdd(total[0], sum.x + sum.y + sum.z + sum.w);
}
