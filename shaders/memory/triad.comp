#version 450
// Memory bandwidth of the STREAM triad, a[i] = b[i] + s * c[i] (McCalpin, 1995).
//
//   n        elements in each of a, b and c, a multiple of 8 * UNROLL * WIDTH
//   s        the scalar
//   groups   n / (WORKGROUP_SIZE * UNROLL * WIDTH), or fewer
//   bytes    3 n elements (2 n read, n written; as STREAM counts, without write-allocate traffic)
//   flops    2 n
//   verify   every a[i] equals b[i] + s c[i]: exact where b, c and s are small integers, whether the device rounds the
//            product or not (fused)
//
// variant w1: VEC=float LANES=float WIDTH=1 SCALAR=float
// variant w2: VEC=vec2 LANES=vec2 WIDTH=2 SCALAR=float
// variant w4: VEC=vec4 LANES=vec4 WIDTH=4 SCALAR=float
// variant w8: VEC=u64vec4 LANES=vec4 WIDTH=8 SCALAR=float
// variant f64-w1: VEC=double LANES=double SCALAR=double WIDTH=1
// variant f64-w2: VEC=dvec2 LANES=dvec2 SCALAR=double WIDTH=2
// variant f64-w4: VEC=dvec4 LANES=dvec4 SCALAR=double WIDTH=4
#include "../include/stream.glsl"

layout(push_constant) uniform Push { uint n; SCALAR s; };
layout(binding = 0) restrict writeonly buffer A { VEC a[]; };
layout(binding = 1) restrict readonly buffer B { VEC b[]; };
layout(binding = 2) restrict readonly buffer C { VEC c[]; };

LANES triad(LANES one, LANES other) { return one + s * other; }

#define LOAD(j) bs[j] = b[i + j * ROW]; cs[j] = c[i + j * ROW];
#define STORE(j) a[i + j * ROW] = MAP2(triad, bs[j], cs[j]);

void take(uint i) {
  VEC bs[8], cs[8];
  EACH(LOAD)
  EACH(STORE)
}

void main() {
  FOR_EACH_CHUNK(n, take)
}
