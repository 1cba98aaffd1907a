#version 450
// Bandwidth of loads from a storage image. A workgroup of 16 × 16 reads a tile of 64 × 64 texels, 16 an invocation.
//
//   size     texels along each side, a multiple of 64
//   groups   size / 64 along x and y
//   bytes    those of all texels (one word for 16 texels is written)
//   verify   exactly. Components are integers from 0 to 65535, or from 0 to 255 and seen as their 255th part: the sum of
//            16 of them, times SCALE and rounded, is an integer again. An element of `result`, invocations in order in
//            their workgroup and workgroups row by row, is
//              red + 257 green + 65537 blue + 16777259 alpha   modulo 2^32
//            where components that the format lacks are 0, and alpha 1
// variant rgba8: FORMAT=rgba8 SCALE=255.0
// variant r32f: FORMAT=r32f SCALE=1.0
// variant rgba32f: FORMAT=rgba32f SCALE=1.0
layout(local_size_x = 16, local_size_y = 16) in;

layout(binding = 0, FORMAT) readonly uniform image2D source;
layout(binding = 1) writeonly buffer Result { uint result[]; };

#define LOAD(x, y) imageLoad(source, at + ivec2(x, y))
#define ROW(y) LOAD(0, y) + LOAD(16, y) + LOAD(32, y) + LOAD(48, y)

void main() {
  ivec2 at = ivec2(gl_WorkGroupID.xy) * 64 + ivec2(gl_LocalInvocationID.xy);
  vec4 sum = ROW(0) + ROW(16) + ROW(32) + ROW(48);
  uvec4 whole = uvec4(round(sum * SCALE));
  uint group = gl_WorkGroupID.y * gl_NumWorkGroups.x + gl_WorkGroupID.x;
  result[group * 256u + gl_LocalInvocationIndex] =
    whole.x + 257u * whole.y + 65537u * whole.z + 16777259u * whole.w;
}
