#version 450
// Memory bandwidth of reading: every word is loaded once and added to a checksum of its invocation.
//
//   n          32-bit words in x, a multiple of 8 * UNROLL * WIDTH
//   groups     any number; every invocation writes one checksum
//   bytes      4 n, read
//   checksums  the sum modulo 2^32 of the words of an invocation; of 64-bit words modulo 2^64, and then of the halves
//   verify     every checksum
//
// variant w1: VEC=uint WIDTH=1 LANES=uint
// variant w2: VEC=uvec2 WIDTH=2 LANES=uvec2
// variant w4: VEC=uvec4 WIDTH=4 LANES=uvec4
// variant w8: VEC=u64vec4 WIDTH=8 LANES=vec4
#include "../include/stream.glsl"
#include "../include/checksum.glsl"

layout(push_constant) uniform Push { uint n; };
layout(binding = 0) restrict readonly buffer X { VEC x[]; };
layout(binding = 1) restrict writeonly buffer Checksums { uint checksums[]; };

#define LOAD(j) read[j] = x[i + j * ROW];
#define ADD(j) sum += read[j];

VEC sum = VEC(0);

void take(uint i) {
  VEC read[8];
  EACH(LOAD)
  EACH(ADD)
}

void main() {
  FOR_EACH_CHUNK(n, take)
  checksums[gl_GlobalInvocationID.x] = checksumOf(sum);
}
