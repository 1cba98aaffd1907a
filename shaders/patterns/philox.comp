#version 450
// Rate of random numbers from Philox4x32-10 into memory: what fills the arrays of a Monte Carlo program.
//
// A grid-stride loop; element i of `numbers`, four words, is the generator at counter i of a stream. Elements of the
// first three workgroups' width each have a stream of their own, all others share the last: streams are chosen such
// that the first element of each of the first three is a known answer.
//
//   n        words, a multiple of 4
//   streams  four of 8 words: the counter, to whose first word i is added without a carry, the key, and two unused
//   groups   ceil(n / (4 WORKGROUP_SIZE)), or fewer
//   bytes    4 n written
//   items    n random words of 32 bits
//   verify   elements against the generator in JavaScript, exactly, and the known answers of its authors
#include "../include/philox.glsl"

layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint n; };
layout(binding = 0) readonly buffer Streams { uvec4 streams[8]; };
layout(binding = 1) writeonly buffer Numbers { uvec4 numbers[]; };

const uint KNOWN = 3u;

void main() {
  uint count = n / 4u;
  uint stride = gl_NumWorkGroups.x * WORKGROUP_SIZE;
  for (uint i = gl_GlobalInvocationID.x; i < count; i += stride) {
    uint stream = 2u * min(i / WORKGROUP_SIZE, KNOWN);
    uvec4 counter = streams[stream];
    counter.x += i;
    numbers[i] = philox4x32(counter, streams[stream + 1u].xy);
  }
}
