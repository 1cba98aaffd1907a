#version 450
// Memory bandwidth of a plain copy, y[i] = x[i]: the STREAM copy (McCalpin, 1995).
//
// Chunks of pieces as shaders/include/stream.glsl lays them out; a loop lets any number of workgroups do the whole
// array, so that sizes beyond maxComputeWorkGroupCount[0] need no second kernel.
//
//   n        floats in x and in y, a multiple of 8 * UNROLL * WIDTH
//   groups   n / (WORKGROUP_SIZE * UNROLL * WIDTH), or fewer (at most 65535 are guaranteed)
//   bytes    8 n (4 n read, 4 n written)
//   verify   every y[i] equals x[i], bit for bit
//
// variant w1: VEC=float LANES=float WIDTH=1
// variant w2: VEC=vec2 LANES=vec2 WIDTH=2
// variant w4: VEC=vec4 LANES=vec4 WIDTH=4
// variant w8: VEC=u64vec4 LANES=vec4 WIDTH=8
#include "../include/stream.glsl"

layout(push_constant) uniform Push { uint n; };
layout(binding = 0) restrict readonly buffer X { VEC x[]; };
layout(binding = 1) restrict writeonly buffer Y { VEC y[]; };

#define LOAD(j) moved[j] = x[i + j * ROW];
#define STORE(j) y[i + j * ROW] = moved[j];

void take(uint i) {
  VEC moved[8];
  EACH(LOAD)
  EACH(STORE)
}

void main() {
  FOR_EACH_CHUNK(n, take)
}
