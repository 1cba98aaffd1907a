#version 450
// Peak rate of single-precision fused multiply-add: 14 independent scalar chains x = fma(a, x, b).
//
// One dependent chain shows the latency of an fma, not its rate. 14 chains keep the units full on GPUs
// at low occupancy, and with a and b just fit the 16 vector registers that llvmpipe has on x86-64 (16
// chains spill and are 2.5 times slower there). Nothing but registers is touched until the result is
// stored. `a` and `b` are push constants, so no compiler can know that a is 1 and fold the chains; they
// are copied to variables because llvmpipe otherwise loads them again for every fma (20 % slower).
//
//   loops    iterations of 16 fma per chain. At most 60000: llvmpipe silently ends an invocation's
//            loops after 65535 iterations (LP_MAX_TGSI_LOOP_ITERATIONS)
//   groups   invocations / WORKGROUP_SIZE; one element of `result` per invocation
//   flops    448 loops per invocation (14 chains * 16 fma * 2)
//   verify   with a = 1 and b = 1, exactly
//              result[i] = 14 * (i mod 256) + 23296 + 224 loops
//            Chain c starts at (i mod 256) + 256 c and gains 1 per fma. Every product and every sum is
//            an integer below 2^24, hence exact whether the device fuses or not, and one lost
//            iteration of one chain shows. (A contracting a < 1 forgets lost iterations instead.)
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint loops; float a; float b; };
layout(binding = 0) writeonly buffer Result { float result[]; };

#define FMA(x) x = fma(va, x, vb);
#define EACH \
  FMA(x0) FMA(x1) FMA(x2) FMA(x3) FMA(x4) FMA(x5) FMA(x6) FMA(x7) FMA(x8) FMA(x9) FMA(x10) FMA(x11) FMA(x12) FMA(x13)
#define EACH_4 EACH EACH EACH EACH

void main() {
  float va = a, vb = b;
  float x0 = float(gl_GlobalInvocationID.x & 255u);
  float x1 = x0 + 256.0, x2 = x0 + 512.0, x3 = x0 + 768.0, x4 = x0 + 1024.0, x5 = x0 + 1280.0;
  float x6 = x0 + 1536.0, x7 = x0 + 1792.0, x8 = x0 + 2048.0, x9 = x0 + 2304.0, x10 = x0 + 2560.0;
  float x11 = x0 + 2816.0, x12 = x0 + 3072.0, x13 = x0 + 3328.0;
  for (uint i = 0u; i < loops; i++) { EACH_4 EACH_4 EACH_4 EACH_4 }
  result[gl_GlobalInvocationID.x] = x0 + x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9 + x10 + x11 + x12 + x13;
}
