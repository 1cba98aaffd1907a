#version 450
// Bandwidth of reading a set of words again and again: as long as a cache holds the set, it is the cache's.
//
// The set consists of blocks of one piece for every invocation of a workgroup. Every workgroup begins at another block
// and goes on by `hop` blocks from pass to pass, round and round: a small set is walked whole by each of them, a large
// one by all together. Which block is read depends on values that no compiler knows, so that no load leaves the loop.
//
//   blocks     blocks of the set
//   passes     blocks that each workgroup reads, a multiple of UNROLL
//   hop        blocks from one to the next, less than `blocks`
//   groups     any number; every invocation writes one checksum
//   bytes      4 WIDTH WORKGROUP_SIZE passes groups, read
//   checksums  the sum modulo 2^32 of the words of an invocation; of 64-bit words modulo 2^64, and then of the halves
//   verify     the checksums: a pass more or less adds or lacks words
//
// variant w4: VEC=uvec4 WIDTH=4
// variant w8: VEC=u64vec4 WIDTH=8
#if WIDTH == 8
#extension GL_EXT_shader_explicit_arithmetic_types_int64 : require
#endif
#include "../include/unroll.glsl"
#include "../include/checksum.glsl"

layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint blocks; uint passes; uint hop; };
layout(binding = 0) restrict readonly buffer X { VEC x[]; };
layout(binding = 1) restrict writeonly buffer Checksums { uint checksums[]; };

#define LOAD(j) \
  read[j] = x[block * WORKGROUP_SIZE + gl_LocalInvocationID.x]; \
  block += hop; \
  if (block >= blocks) block -= blocks;
#define ADD(j) sum += read[j];

void main() {
  VEC sum = VEC(0);
  uint block = gl_WorkGroupID.x % blocks;
  for (uint pass = 0u; pass < passes; pass += UNROLL) {
    VEC read[8];
    EACH(LOAD)
    EACH(ADD)
  }
  checksums[gl_GlobalInvocationID.x] = checksumOf(sum);
}
