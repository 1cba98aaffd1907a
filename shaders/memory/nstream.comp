#version 450
// Memory bandwidth of a[i] += b[i] + s * c[i], the nstream kernel of the Parallel Research Kernels.
//
//   n        floats in each of a, b and c, a multiple of 8 * UNROLL * WIDTH
//   s        the scalar
//   groups   n / (WORKGROUP_SIZE * UNROLL * WIDTH), or fewer
//   bytes    16 n (12 n read, 4 n written)
//   flops    3 n
//   verify   after one iteration every a[i] equals what it was, plus b[i] + s c[i]: exact where all are small integers
//
// variant w1: VEC=float LANES=float WIDTH=1
// variant w2: VEC=vec2 LANES=vec2 WIDTH=2
// variant w4: VEC=vec4 LANES=vec4 WIDTH=4
// variant w8: VEC=u64vec4 LANES=vec4 WIDTH=8
#include "../include/stream.glsl"

layout(push_constant) uniform Push { uint n; float s; };
layout(binding = 0) restrict buffer A { VEC a[]; };
layout(binding = 1) restrict readonly buffer B { VEC b[]; };
layout(binding = 2) restrict readonly buffer C { VEC c[]; };

LANES nstream(LANES old, LANES one, LANES other) { return old + (one + s * other); }

#define LOAD(j) as[j] = a[i + j * ROW]; bs[j] = b[i + j * ROW]; cs[j] = c[i + j * ROW];
#define STORE(j) a[i + j * ROW] = MAP3(nstream, as[j], bs[j], cs[j]);

void take(uint i) {
  VEC as[8], bs[8], cs[8];
  EACH(LOAD)
  EACH(STORE)
}

void main() {
  FOR_EACH_CHUNK(n, take)
}
