#version 450
// Bandwidth of a copy from one storage image to another. A workgroup of 16 × 16 copies a tile of 32 × 32 texels.
//
//   size     texels along each side, a multiple of 32
//   groups   size / 32 along x and y
//   bytes    those of all texels, twice
//   verify   every texel of `target` equals that of `source`, bit for bit; a byte survives being seen as its 255th part
// variant rgba8: FORMAT=rgba8
// variant r32f: FORMAT=r32f
// variant rgba32f: FORMAT=rgba32f
layout(local_size_x = 16, local_size_y = 16) in;

layout(binding = 0, FORMAT) readonly uniform image2D source;
layout(binding = 1, FORMAT) writeonly uniform image2D target;

void main() {
  ivec2 at = ivec2(gl_WorkGroupID.xy) * 32 + ivec2(gl_LocalInvocationID.xy);
  vec4 a = imageLoad(source, at), b = imageLoad(source, at + ivec2(16, 0));
  vec4 c = imageLoad(source, at + ivec2(0, 16)), d = imageLoad(source, at + ivec2(16, 16));
  imageStore(target, at, a);
  imageStore(target, at + ivec2(16, 0), b);
  imageStore(target, at + ivec2(0, 16), c);
  imageStore(target, at + ivec2(16, 16), d);
}
