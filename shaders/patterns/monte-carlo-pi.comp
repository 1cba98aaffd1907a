#version 450
// Rate of a Monte Carlo estimate of pi: random points of the unit square, counted where they lie in the quarter circle.
// The random numbers come from Philox4x32-10, so that this is what simulations do that draw their numbers in place.
//
// A word of 32 bits is a point: x of 0...65535 and y of 1...65536, in the circle where x² + y² < 2^32. With integers
// the decision is exact, and with y one greater the points of the grid that are in the circle are a quarter of all
// lattice points but the origin: their share is pi / 4 to 1e-7.
//
//   loops    draws of four points per invocation. At most 60000: llvmpipe silently ends an invocation's loops after
//            65535
//   stream   the counter's third and fourth word, and the key; its first is the invocation, its second the draw
//   groups   invocations / WORKGROUP_SIZE; one element of `hits` per invocation
//   items    4 loops points per invocation
//   verify   hits of whole workgroups against the generator in JavaScript, exactly; the sum of all against pi / 4
#include "../include/philox.glsl"

layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint loops; };
layout(binding = 0) readonly buffer Stream { uvec4 stream; };
layout(binding = 1) writeonly buffer Hits { uint hits[]; };

uint hit(uint word) {
  uint x = word & 0xFFFFu, y = (word >> 16) + 1u;
  // 2^32 - y², of which 2^32 is 0 in 32 bits.
  return x * x < 0u - y * y ? 1u : 0u;
}

void main() {
  uvec4 base = stream;
  uint count = 0u;
  for (uint draw = 0u; draw < loops; draw++) {
    uvec4 word = philox4x32(uvec4(gl_GlobalInvocationID.x, draw, base.xy), base.zw);
    count += hit(word.x) + hit(word.y) + hit(word.z) + hit(word.w);
  }
  hits[gl_GlobalInvocationID.x] = count;
}
