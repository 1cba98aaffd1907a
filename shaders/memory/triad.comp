#version 450
// Memory bandwidth of the STREAM triad, a[i] = b[i] + s * c[i] (McCalpin, 1995).
//
//   n        floats in each of a, b and c, a multiple of 4
//   s        the scalar
//   groups   ceil(n / (4 * WORKGROUP_SIZE)), or fewer (grid-stride loop; at most 65535 are guaranteed)
//   bytes    12 n (8 n read, 4 n written; as STREAM counts, without write-allocate traffic)
//   flops    2 n
//   verify   |a - (b + s c)| <= 2^-23 (|b| + |s c|): the device may round the product or not
//            (fused); exact where b, c and s are small integers
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint n; float s; };
layout(binding = 0) writeonly buffer A { vec4 a[]; };
layout(binding = 1) readonly buffer B { vec4 b[]; };
layout(binding = 2) readonly buffer C { vec4 c[]; };

void main() {
  uint count = n / 4u;
  uint stride = gl_NumWorkGroups.x * WORKGROUP_SIZE;
  for (uint i = gl_GlobalInvocationID.x; i < count; i += stride) a[i] = b[i] + s * c[i];
}
