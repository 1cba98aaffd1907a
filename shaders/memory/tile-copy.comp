#version 450
// The copy of image-copy from buffer to buffer: the same tiles of 32 × 32 texels, in rows. Beside each other the two
// show what the layout of images and their loads and stores cost or gain.
//
//   groups   size / 32 along x and y for size texels along each side
//   bytes    those of all texels, twice
//   verify   every texel of `target` equals that of `source`, bit for bit
// variant u32: T=uint
// variant u32-vec4: T=uvec4
layout(local_size_x = 16, local_size_y = 16) in;

layout(binding = 0) readonly buffer Source { T source[]; };
layout(binding = 1) writeonly buffer Target { T target[]; };

void main() {
  uint n = gl_NumWorkGroups.x * 32u;
  uint at = (gl_WorkGroupID.y * 32u + gl_LocalInvocationID.y) * n + gl_WorkGroupID.x * 32u + gl_LocalInvocationID.x;
  T a = source[at], b = source[at + 16u], c = source[at + 16u * n], d = source[at + 16u * n + 16u];
  target[at] = a;
  target[at + 16u] = b;
  target[at + 16u * n] = c;
  target[at + 16u * n + 16u] = d;
}
