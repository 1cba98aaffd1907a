#version 450
// Memory bandwidth of words that lie apart: neighbouring invocations read words that are `stride` words apart.
//
// Read column by column, the n words are a matrix of n / stride rows of stride words: every word is read exactly once,
// as in a plain read, and only the order differs. Where a device moves more than a word at a time, it moves the same
// bytes again for every column, unless a cache kept them.
//
//   n          32-bit words in x, a power of two and a multiple of WORKGROUP_SIZE * UNROLL
//   stride     a power of two
//   shift      log2(n / stride)
//   groups     any number; every invocation writes one checksum
//   bytes      4 n, read
//   checksums  the sum modulo 2^32 of the words of an invocation
//   verify     every checksum
#include "../include/unroll.glsl"

layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint n; uint stride; uint shift; };
layout(binding = 0) restrict readonly buffer X { uint x[]; };
layout(binding = 1) restrict writeonly buffer Checksums { uint checksums[]; };

uint wordOf(uint position) { return (position & ((1u << shift) - 1u)) * stride + (position >> shift); }

#define LOAD(j) read[j] = x[wordOf(position + j * WORKGROUP_SIZE)];
#define ADD(j) sum += read[j];

void main() {
  uint sum = 0u;
  uint taken = gl_NumWorkGroups.x * WORKGROUP_SIZE * UNROLL;
  uint first = gl_WorkGroupID.x * WORKGROUP_SIZE * UNROLL + gl_LocalInvocationID.x;
  for (uint position = first; position < n; position += taken) {
    uint read[8];
    EACH(LOAD)
    EACH(ADD)
  }
  checksums[gl_GlobalInvocationID.x] = sum;
}
