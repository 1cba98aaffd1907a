#version 450
// Memory bandwidth of a copy whose elements do not begin where a cache line does: y[i + writeOffset] = x[i + readOffset].
//
// An invocation copies WIDTH neighbouring words at a time. Words at any offset are only aligned to 4 bytes, so that a
// device that could move the four of them at once may not; what it does instead is the figure.
//
//   n            32-bit words to copy, a multiple of 8 * UNROLL * WIDTH
//   readOffset   words by which reading is shifted
//   writeOffset  words by which writing is shifted
//   groups       n / (WORKGROUP_SIZE * UNROLL * WIDTH), or fewer
//   bytes        8 n (4 n read, 4 n written)
//   verify       every word of y, also those in front of and behind the copied ones
//
// variant w1: VEC=uint LANES=uint WIDTH=1
// variant w4: VEC=uvec4 LANES=uvec4 WIDTH=4
#include "../include/stream.glsl"

layout(push_constant) uniform Push { uint n; uint readOffset; uint writeOffset; };
layout(binding = 0) restrict readonly buffer X { uint x[]; };
layout(binding = 1) restrict writeonly buffer Y { uint y[]; };

#if WIDTH == 1
VEC wordsAt(uint i) { return x[i]; }
void put(uint i, VEC words) { y[i] = words; }
#else
VEC wordsAt(uint i) { return uvec4(x[i], x[i + 1u], x[i + 2u], x[i + 3u]); }
void put(uint i, VEC words) {
  y[i] = words.x;
  y[i + 1u] = words.y;
  y[i + 2u] = words.z;
  y[i + 3u] = words.w;
}
#endif

#define LOAD(j) moved[j] = wordsAt((i + j * ROW) * WIDTH + readOffset);
#define STORE(j) put((i + j * ROW) * WIDTH + writeOffset, moved[j]);

void take(uint i) {
  VEC moved[8];
  EACH(LOAD)
  EACH(STORE)
}

void main() {
  FOR_EACH_CHUNK(n, take)
}
