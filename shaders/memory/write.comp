#version 450
// Memory bandwidth of writing: every word of a piece becomes the piece's index, with some bits flipped.
//
//   n        32-bit words in y, a multiple of 8 * UNROLL * WIDTH
//   key      the bits to flip
//   groups   n / (WORKGROUP_SIZE * UNROLL * WIDTH), or fewer
//   bytes    4 n, written
//   verify   every word
//
// variant w1: VEC=uint WIDTH=1 LANES=uint
// variant w2: VEC=uvec2 WIDTH=2 LANES=uvec2
// variant w4: VEC=uvec4 WIDTH=4 LANES=uvec4
// variant w8: VEC=u64vec4 WIDTH=8 LANES=vec4
#include "../include/stream.glsl"

layout(push_constant) uniform Push { uint n; uint key; };
layout(binding = 0) restrict writeonly buffer Y { VEC y[]; };

#if WIDTH == 8
u64vec4 pieceWith(uint word) { return u64vec4(uint64_t(word) | (uint64_t(word) << 32)); }
#else
VEC pieceWith(uint word) { return VEC(word); }
#endif

#define STORE(j) y[i + j * ROW] = pieceWith((i + j * ROW) ^ key);

void take(uint i) {
  EACH(STORE)
}

void main() {
  FOR_EACH_CHUNK(n, take)
}
