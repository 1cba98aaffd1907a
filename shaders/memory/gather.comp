#version 450
// Memory bandwidth of random reads, y[i] = x[from[i]].
//
//   n        elements of from and of y, a multiple of 32 * UNROLL
//   groups   n / (4 * WORKGROUP_SIZE * UNROLL), or fewer
//   bytes    12 n (4 n of from and 4 n of x read, 4 n of y written)
//   verify   every y[i] equals x[from[i]], bit for bit
#define VEC vec4
#define LANES vec4
#define WIDTH 4
#include "../include/stream.glsl"

layout(push_constant) uniform Push { uint n; };
layout(binding = 0) restrict readonly buffer X { float x[]; };
layout(binding = 1) restrict readonly buffer From { uvec4 from[]; };
layout(binding = 2) restrict writeonly buffer Y { vec4 y[]; };

#define INDEX(j) at[j] = from[i + j * ROW];
#define LOAD(j) gathered[j] = vec4(x[at[j].x], x[at[j].y], x[at[j].z], x[at[j].w]);
#define STORE(j) y[i + j * ROW] = gathered[j];

void take(uint i) {
  uvec4 at[8];
  vec4 gathered[8];
  EACH(INDEX)
  EACH(LOAD)
  EACH(STORE)
}

void main() {
  FOR_EACH_CHUNK(n, take)
}
