#version 450
// Memory bandwidth of the STREAM add, c[i] = a[i] + b[i] (McCalpin, 1995).
//
//   n        floats in each of a, b and c, a multiple of 8 * UNROLL * WIDTH
//   groups   n / (WORKGROUP_SIZE * UNROLL * WIDTH), or fewer
//   bytes    12 n (8 n read, 4 n written)
//   flops    n
//   verify   every c[i] equals a[i] + b[i]: exact where a and b are small integers
//
// variant w1: VEC=float LANES=float WIDTH=1
// variant w2: VEC=vec2 LANES=vec2 WIDTH=2
// variant w4: VEC=vec4 LANES=vec4 WIDTH=4
// variant w8: VEC=u64vec4 LANES=vec4 WIDTH=8
#include "../include/stream.glsl"

layout(push_constant) uniform Push { uint n; };
layout(binding = 0) restrict readonly buffer A { VEC a[]; };
layout(binding = 1) restrict readonly buffer B { VEC b[]; };
layout(binding = 2) restrict writeonly buffer C { VEC c[]; };

LANES sum(LANES one, LANES other) { return one + other; }

#define LOAD(j) as[j] = a[i + j * ROW]; bs[j] = b[i + j * ROW];
#define STORE(j) c[i + j * ROW] = MAP2(sum, as[j], bs[j]);

void take(uint i) {
  VEC as[8], bs[8];
  EACH(LOAD)
  EACH(STORE)
}

void main() {
  FOR_EACH_CHUNK(n, take)
}
