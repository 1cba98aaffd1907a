#version 450
#extension GL_GOOGLE_include_directive : require
// Rate of integer bit operations: independent chains x += OP(x) + b, where OP counts bits, finds the lowest or the
// highest one, reverses all, or mixes them by shifts, exclusive or and and.
//
// variant count: OP=bitCount
// variant find-lsb: OP=findLSB
// variant find-msb: OP=findMSB
// variant reverse: OP=bitfieldReverse
// variant mix: OP=mixBits
//
// Without the two additions most of these operations settle on a value after a few steps, and a lost iteration would
// not show; with them x walks over all 32 bits. `b` is a push constant, so no compiler can fold a step; it is copied to
// a variable because llvmpipe otherwise loads it again for every step.
//
//   loops    iterations of 4 steps per chain. At most 60000: llvmpipe silently ends an invocation's loops after 65535
//   b        any odd number
//   CHAINS   1, 2, 4, 8, 12 or 14 independent chains per invocation, to hide the latency of a step
//   groups   invocations / WORKGROUP_SIZE; one element of `result` per invocation
//   items    4 CHAINS loops OP per invocation; the two additions beside each are not counted, except for mixBits,
//            where all nine operations of a step are
//   verify   chain c of invocation i starts at seeds[i mod 256] + c b, so that the CPU walks 256 CHAINS chains and
//            compares every element of `result`, the sum of an invocation's chains, exactly
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;
layout(constant_id = 1) const uint CHAINS = 8;

layout(push_constant) uniform Push { uint loops; uint b; };
layout(binding = 0) readonly buffer Seeds { uint seeds[256]; };
layout(binding = 1) writeonly buffer Result { uint result[]; };

uint mixBits(uint x) {
  x ^= x << 13;
  x ^= x >> 17;
  return x ^ ((x << 5) & 0x9D2C5680u);
}

uint start(uint chain) { return seeds[gl_GlobalInvocationID.x & 255u] + chain * b; }

#define T uint
#define SUM uint
#define WIDTH 1
#include "../include/chains.glsl"
#define STEP(x) x += uint(OP(x)) + vb;
void main() {
  uint vb = b;
  DECLARE_CHAINS
  for (uint i = 0u; i < loops; i++) { EACH_4(STEP) }
  uint sum = 0u;
  SUM_CHAINS(sum)
  result[gl_GlobalInvocationID.x] = sum;
}
