#version 450
// Memory bandwidth of the STREAM scale, b[i] = s * c[i] (McCalpin, 1995; called mul by BabelStream).
//
//   n        floats in b and in c, a multiple of 8 * UNROLL * WIDTH
//   s        the scalar
//   groups   n / (WORKGROUP_SIZE * UNROLL * WIDTH), or fewer
//   bytes    8 n (4 n read, 4 n written)
//   flops    n
//   verify   every b[i] equals s c[i]: exact where s and c are small integers
//
// variant w1: VEC=float LANES=float WIDTH=1
// variant w2: VEC=vec2 LANES=vec2 WIDTH=2
// variant w4: VEC=vec4 LANES=vec4 WIDTH=4
// variant w8: VEC=u64vec4 LANES=vec4 WIDTH=8
#include "../include/stream.glsl"

layout(push_constant) uniform Push { uint n; float s; };
layout(binding = 0) restrict writeonly buffer B { VEC b[]; };
layout(binding = 1) restrict readonly buffer C { VEC c[]; };

LANES scaled(LANES value) { return s * value; }

#define LOAD(j) cs[j] = c[i + j * ROW];
#define STORE(j) b[i + j * ROW] = MAP1(scaled, cs[j]);

void take(uint i) {
  VEC cs[8];
  EACH(LOAD)
  EACH(STORE)
}

void main() {
  FOR_EACH_CHUNK(n, take)
}
