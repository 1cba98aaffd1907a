#version 450
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_shader_explicit_arithmetic_types : require
// Peak rate of integer multiply-add, in registers only.
//
// variant i32: T=int S=int WIDTH=1 SUM=int
// variant i32-vec2: T=ivec2 S=int WIDTH=2 SUM=int
// variant i32-vec4: T=ivec4 S=int WIDTH=4 SUM=int
// variant i64: T=int64_t S=int64_t WIDTH=1 SUM=int64_t WIDE=1
// variant i64-vec2: T=i64vec2 S=int64_t WIDTH=2 SUM=int64_t WIDE=1
// variant i64-vec4: T=i64vec4 S=int64_t WIDTH=4 SUM=int64_t WIDE=1
// variant i16: T=int16_t S=int16_t WIDTH=1 SUM=int
// variant i16-vec2: T=i16vec2 S=int16_t WIDTH=2 SUM=int
// variant i16-vec4: T=i16vec4 S=int16_t WIDTH=4 SUM=int
// variant i8: T=int8_t S=int8_t WIDTH=1 SUM=int
// variant i8-vec2: T=i8vec2 S=int8_t WIDTH=2 SUM=int
// variant i8-vec4: T=i8vec4 S=int8_t WIDTH=4 SUM=int
//
// The chains of fma.comp in integers, which wrap around:
//
//   SHAPE 0   x = a x + b
//   SHAPE 1   x = x x + b
//
// b grows by 2 with every loop. Without that the recurrences would come round too soon: the affine one of 8 bits after 16
// loops, and a quadratic one always ends in a cycle of two, because 2 x, its derivative, is even: all bits are settled
// after 32 steps. With it the values still tell the number of loops.
//
//   loops    iterations of 16 mad per chain, at most 60000 (see fma.comp)
//   groups   invocations / WORKGROUP_SIZE; one element of `result` per invocation
//   ops      32 loops WIDTH CHAINS per invocation (a mad is two)
//   verify   exactly: the values of all chains after the last loop, plus those of component 0 after every loop; of 64 bits
//            the upper half, exclusive or the lower. Component k of invocation i begins at (i + 5 k) mod 16.
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(constant_id = 1) const uint CHAINS = 12;
layout(constant_id = 2) const uint SHAPE = 0;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint loops; int a; int b; };
layout(binding = 0) writeonly buffer Result { int result[]; };

S start(uint k) { return S(int((gl_GlobalInvocationID.x + 5u * k) & 15u)); }

#include "../include/chains.glsl"

#define AFFINE(v) v = va * v + vb;
#define QUADRATIC(v) v = v * v + vb;

void main() {
  SUM sum = SUM(0);
  DECLARE_CHAINS
  T va = T(S(a)), vb = T(S(b));
  if (SHAPE == 0u) {
    for (uint i = 0u; i < loops; i++) {
      EACH_16(AFFINE)
      sum += FIRST_OF(x0);
      vb += T(S(2));
    }
  } else {
    for (uint i = 0u; i < loops; i++) {
      EACH_16(QUADRATIC)
      sum += FIRST_OF(x0);
      vb += T(S(2));
    }
  }
  SUM_CHAINS(sum)
#ifdef WIDE
  result[gl_GlobalInvocationID.x] = int(sum) ^ int(sum >> 32);
#else
  result[gl_GlobalInvocationID.x] = sum;
#endif
}
