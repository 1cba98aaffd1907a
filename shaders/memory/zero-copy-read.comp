#version 450
// Reads of the device from memory where the CPU writes: over PCI on a discrete GPU, without a copy first.
//
//   n        words of x, a multiple of 4
//   groups   ceil(n / (4 WORKGROUP_SIZE)), or fewer (grid-stride loop)
//   bytes    4 n (one word an invocation is written, to memory of the device)
//   verify   exactly, modulo 2^32: the same sums on the CPU; the factor 5 tells the order of an invocation's vectors
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint n; };
layout(binding = 0) readonly buffer X { uvec4 x[]; };
layout(binding = 1) writeonly buffer Sums { uint sums[]; };

void main() {
  uint count = n / 4u;
  uint stride = gl_NumWorkGroups.x * WORKGROUP_SIZE;
  uint sum = 0u;
  for (uint i = gl_GlobalInvocationID.x; i < count; i += stride) {
    uvec4 v = x[i];
    sum = 5u * sum + v.x + 3u * v.y + 7u * v.z + 11u * v.w;
  }
  sums[gl_GlobalInvocationID.x] = sum;
}
