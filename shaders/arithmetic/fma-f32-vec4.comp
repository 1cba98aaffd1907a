#version 450
// Peak rate of single-precision fused multiply-add: 3 independent vec4 chains x = fma(a, x, b).
//
// The same measurement as fma-f32.comp in the shape that vector and dual-issue machines prefer. Which
// of the two is faster depends on the device, so a peak is the larger of both. 3 chains are 12 scalar
// ones on llvmpipe, where 4 spill and are 2.2 times slower.
//
//   loops    iterations of 16 fma per chain, at most 60000 (see fma-f32.comp)
//   groups   invocations / WORKGROUP_SIZE; one element of `result` per invocation
//   flops    384 loops per invocation (3 chains * 4 components * 16 fma * 2)
//   verify   with a = 1 and b = 1, exactly
//              result[i] = 12 * (i mod 256) + 16896 + 192 loops
//            Component j of chain c starts at (i mod 256) + 256 (4 c + j) and gains 1 per fma; every
//            value is an integer below 2^24.
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint loops; float a; float b; };
layout(binding = 0) writeonly buffer Result { float result[]; };

#define FMA(x) x = fma(va, x, vb);
#define EACH FMA(x0) FMA(x1) FMA(x2)
#define EACH_4 EACH EACH EACH EACH

void main() {
  vec4 va = vec4(a), vb = vec4(b);
  vec4 x0 = vec4(0.0, 256.0, 512.0, 768.0) + float(gl_GlobalInvocationID.x & 255u);
  vec4 x1 = x0 + 1024.0, x2 = x0 + 2048.0;
  for (uint i = 0u; i < loops; i++) { EACH_4 EACH_4 EACH_4 EACH_4 }
  vec4 sum = x0 + x1 + x2;
  result[gl_GlobalInvocationID.x] = sum.x + sum.y + sum.z + sum.w;
}
