#version 450
// Memory bandwidth of a dot product, the sum of a[i] * b[i]: the first of its two stages.
//
// Every invocation adds up its products, every workgroup adds up its invocations in shared memory and writes one
// partial sum; sum-partials.comp adds those.
//
//   n        elements in each of a and b, a multiple of 8 * UNROLL * WIDTH
//   groups   as many as there are partial sums
//   bytes    2 n elements, read
//   flops    2 n
//   verify   the total equals the sum of the products: exact in any order where a and b are small integers, since no
//            partial sum then needs more bits than a float has
//
// variant w1: VEC=float LANES=float WIDTH=1 SCALAR=float
// variant w2: VEC=vec2 LANES=vec2 WIDTH=2 SCALAR=float
// variant w4: VEC=vec4 LANES=vec4 WIDTH=4 SCALAR=float
// variant w8: VEC=u64vec4 LANES=vec4 WIDTH=8 SCALAR=float
// variant f64-w1: VEC=double LANES=double SCALAR=double WIDTH=1
// variant f64-w2: VEC=dvec2 LANES=dvec2 SCALAR=double WIDTH=2
// variant f64-w4: VEC=dvec4 LANES=dvec4 SCALAR=double WIDTH=4
#include "../include/stream.glsl"
#include "../include/workgroup-sum.glsl"

layout(push_constant) uniform Push { uint n; };
layout(binding = 0) restrict readonly buffer A { VEC a[]; };
layout(binding = 1) restrict readonly buffer B { VEC b[]; };
layout(binding = 2) restrict writeonly buffer Partials { SCALAR partials[]; };

#if WIDTH == 8
#define PRODUCT(j) products += even(as[j]) * even(bs[j]) + odd(as[j]) * odd(bs[j]);
#else
#define PRODUCT(j) products += as[j] * bs[j];
#endif
#if WIDTH == 1
#define ACROSS(v) (v)
#elif WIDTH == 2
#define ACROSS(v) (v.x + v.y)
#else
#define ACROSS(v) (v.x + v.y + v.z + v.w)
#endif
#define LOAD(j) as[j] = a[i + j * ROW]; bs[j] = b[i + j * ROW];

LANES products = LANES(0);

void take(uint i) {
  VEC as[8], bs[8];
  EACH(LOAD)
  EACH(PRODUCT)
}

void main() {
  FOR_EACH_CHUNK(n, take)
  SCALAR sum = workgroupSum(ACROSS(products));
  if (gl_LocalInvocationID.x == 0u) partials[gl_WorkGroupID.x] = sum;
}
