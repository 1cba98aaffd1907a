#version 450
// Memory bandwidth of a plain copy, y[i] = x[i].
//
// Each invocation moves 16 bytes at a time; a grid-stride loop lets any number of workgroups do the
// whole array, so that sizes beyond maxComputeWorkGroupCount[0] need no second kernel.
//
//   n        floats in x and in y, a multiple of 4
//   groups   ceil(n / (4 * WORKGROUP_SIZE)), or fewer (at most 65535 are guaranteed)
//   bytes    8 n (4 n read, 4 n written)
//   verify   every y[i] equals x[i], bit for bit
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint n; };
layout(binding = 0) readonly buffer X { vec4 x[]; };
layout(binding = 1) writeonly buffer Y { vec4 y[]; };

void main() {
  uint count = n / 4u;
  uint stride = gl_NumWorkGroups.x * WORKGROUP_SIZE;
  for (uint i = gl_GlobalInvocationID.x; i < count; i += stride) y[i] = x[i];
}
