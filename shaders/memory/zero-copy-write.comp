#version 450
// Writes of the device to memory where the CPU reads: over PCI on a discrete GPU, without a copy afterwards.
//
//   n        words of y, a multiple of 4
//   salt     4 words, so that the contents cannot be known before
//   groups   ceil(n / (4 WORKGROUP_SIZE)), or fewer (grid-stride loop)
//   bytes    4 n
//   verify   exactly, for every vector i and component c: y = salt[c] ^ (2654435761 i), modulo 2^32
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint n; };
layout(binding = 0) readonly buffer Salt { uvec4 salt; };
layout(binding = 1) writeonly buffer Y { uvec4 y[]; };

void main() {
  uint count = n / 4u;
  uint stride = gl_NumWorkGroups.x * WORKGROUP_SIZE;
  uvec4 mask = salt;
  for (uint i = gl_GlobalInvocationID.x; i < count; i += stride) y[i] = mask ^ uvec4(i * 2654435761u);
}
