#version 450
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_spirv_intrinsics : require
// Peak rate of packed dot products of 4 × 8 bits with accumulation (dp4a): x = x + dot(x, y), or the saturating form.
//
// CHAINS independent recurrences hide the latency of one. The accumulator is its own first factor, so that a step is one
// instruction where the device has one, depends on the step before, and no part of it can be taken out of the loop. y
// changes once an iteration: otherwise a chain whose dot product happens to be 0 would stand still, and no longer show
// how many iterations ran. The instructions of SPV_KHR_integer_dot_product are named by their numbers, because compilers
// of distributions have no functions for them.
//
//   loops    iterations of 16 steps a chain, at most 60000 (llvmpipe's loop limit, see fma.comp)
//   groups   invocations / WORKGROUP_SIZE; one element of `result` an invocation
//   items    128 CHAINS loops an invocation (16 steps of 4 multiplications and 4 additions)
//   verify   exactly: integer arithmetic modulo 2^32, or saturating; start values repeat every 64 invocations
//
// variant signed: OPCODE=4450
// variant unsigned: OPCODE=4451
// variant mixed: OPCODE=4452
// variant signed-saturating: OPCODE=4453 SATURATING=1
// variant unsigned-saturating: OPCODE=4454 SATURATING=1
// variant mixed-saturating: OPCODE=4455 SATURATING=1
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(constant_id = 1) const uint CHAINS = 4;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint loops; uint y; };
layout(binding = 0) writeonly buffer Result { uint result[]; };

// Capabilities DotProductInput4x8BitPacked and DotProduct; the literal 0 is PackedVectorFormat4x8Bit.
#ifdef SATURATING
spirv_instruction(extensions = ["SPV_KHR_integer_dot_product"], capabilities = [6018, 6019], id = OPCODE)
uint dotAccSat(uint a, uint b, uint c, spirv_literal int packing);
#define STEP(x) x = dotAccSat(x, factor, x, 0);
#else
spirv_instruction(extensions = ["SPV_KHR_integer_dot_product"], capabilities = [6018, 6019], id = OPCODE)
uint dot4(uint a, uint b, spirv_literal int packing);
#define STEP(x) x += dot4(x, factor, 0);
#endif

const uint STARTS = 64u;

// Two of three starts lie near an end of the range of signed or of unsigned sums, where saturation begins.
uint start(uint chain) {
  uint index = gl_GlobalInvocationID.x % STARTS + STARTS * chain;
  uint bits = (index + 1u) * 0x9E3779B9u;
  uint end = index % 3u == 0u ? 0x7FFFFFFFu : 0xFFFFFFFFu;
  return index % 3u == 2u ? bits : (index & 1u) == 0u ? end - (bits >> 18) : end + 1u + (bits >> 18);
}

#define T uint
#define SUM uint
#define WIDTH 1
#include "../include/chains.glsl"

void main() {
  DECLARE_CHAINS
  uint factor = y;
  for (uint i = 0u; i < loops; i++) {
    EACH_16(STEP)
    factor += 0x01030507u;
  }
  uint sum = x0;
  if (CHAINS > 1u) sum = sum * 31u + x1;
  if (CHAINS > 2u) sum = (sum * 31u + x2) * 31u + x3;
  if (CHAINS > 4u) sum = (((sum * 31u + x4) * 31u + x5) * 31u + x6) * 31u + x7;
  result[gl_GlobalInvocationID.x] = sum;
}
