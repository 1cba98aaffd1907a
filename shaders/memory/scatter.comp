#version 450
// Memory bandwidth of random writes, y[to[i]] = x[i].
//
//   n        elements of x, of to and of y, a multiple of 32 * UNROLL
//   to       a permutation: no element is written twice
//   groups   n / (4 * WORKGROUP_SIZE * UNROLL), or fewer
//   bytes    12 n (4 n of x and 4 n of to read, 4 n of y written)
//   verify   every y[to[i]] equals x[i], bit for bit
#define VEC vec4
#define LANES vec4
#define WIDTH 4
#include "../include/stream.glsl"

layout(push_constant) uniform Push { uint n; };
layout(binding = 0) restrict readonly buffer X { vec4 x[]; };
layout(binding = 1) restrict readonly buffer To { uvec4 to[]; };
layout(binding = 2) restrict writeonly buffer Y { float y[]; };

#define LOAD(j) at[j] = to[i + j * ROW]; moved[j] = x[i + j * ROW];
#define STORE(j) \
  y[at[j].x] = moved[j].x; \
  y[at[j].y] = moved[j].y; \
  y[at[j].z] = moved[j].z; \
  y[at[j].w] = moved[j].w;

void take(uint i) {
  uvec4 at[8];
  vec4 moved[8];
  EACH(LOAD)
  EACH(STORE)
}

void main() {
  FOR_EACH_CHUNK(n, take)
}
