#version 450
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_shader_explicit_arithmetic_types : require
// Peak rate of floating-point fused multiply-add, in registers only.
//
// variant f32: T=float S=float WIDTH=1 SUM=float
// variant f32-vec2: T=vec2 S=float WIDTH=2 SUM=float
// variant f32-vec4: T=vec4 S=float WIDTH=4 SUM=float
// variant f64: T=double S=double WIDTH=1 SUM=double
// variant f64-vec2: T=dvec2 S=double WIDTH=2 SUM=double
// variant f64-vec4: T=dvec4 S=double WIDTH=4 SUM=double
// variant f16: T=float16_t S=float16_t WIDTH=1 SUM=float
// variant f16-vec2: T=f16vec2 S=float16_t WIDTH=2 SUM=float
// variant f16-vec4: T=f16vec4 S=float16_t WIDTH=4 SUM=float
// variant mixed: T=float S=float WIDTH=1 SUM=float HALF=float16_t
// variant mixed-vec2: T=vec2 S=float WIDTH=2 SUM=float HALF=f16vec2
// variant mixed-vec4: T=vec4 S=float WIDTH=4 SUM=float HALF=f16vec4
//
// CHAINS independent recurrences: one alone shows the latency of an fma, not its rate. Their values stay small and are
// exactly representable in every type, so that the result is the same whether a device fuses or not and however it rounds:
//
//   SHAPE 0   x = fma(a, x, b) with a = 1; b is 1 and -1 in turn, from loop to loop
//   SHAPE 1   x = fma(x, x, c) with c = -29/16: -1/4, -7/4, 5/4 and back, a cycle that repels (the derivative over one
//             turn is 35/8), so that an error grows. 16 steps move by one place.
//
// Neither is known to the compiler, which gets a, b and c as push constants; they are copied to variables because llvmpipe
// otherwise loads them again for every fma. `mixed` takes a, b and c from half floats, and its sums of single precision
// pass through half floats after every 16 steps.
//
//   loops    iterations of 16 fma per chain, at most 60000: llvmpipe silently ends an invocation's loops after 65535
//            iterations (LP_MAX_TGSI_LOOP_ITERATIONS)
//   groups   invocations / WORKGROUP_SIZE; one element of `result` per invocation
//   flops    32 loops WIDTH CHAINS per invocation
//   verify   exactly: the values of all chains after the last loop, plus those of component 0 after every loop. So a lost
//            fma and a lost loop both show. Component k of invocation i begins at (i + 5 k) mod 16, or at that place of
//            the cycle.
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(constant_id = 1) const uint CHAINS = 12;
layout(constant_id = 2) const uint SHAPE = 0;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint loops; float a; float b; float c; };
layout(binding = 0) writeonly buffer Result { SUM result[]; };

S start(uint k) {
  uint place = (gl_GlobalInvocationID.x + 5u * k) & 15u;
  if (SHAPE == 0u) return S(int(place));
  return (place & 3u) == 1u ? S(-1.75) : (place & 3u) == 2u ? S(1.25) : S(-0.25);
}

#include "../include/chains.glsl"

#ifdef HALF
#define CONSTANT(v) T(HALF(v))
#define NARROW(v) v = T(HALF(v));
#else
#define CONSTANT(v) T(v)
#define NARROW(v)
#endif

#define AFFINE(v) v = fma(va, v, vb);
#define QUADRATIC(v) v = fma(v, v, vc);

void main() {
  SUM sum = SUM(0);
  DECLARE_CHAINS
  if (SHAPE == 0u) {
    T va = CONSTANT(a), vb = CONSTANT(b);
    for (uint i = 0u; i < loops; i++) {
      EACH_16(AFFINE)
      EACH(NARROW)
      sum += FIRST_OF(x0);
      vb = -vb;
    }
  } else {
    T vc = CONSTANT(c);
    for (uint i = 0u; i < loops; i++) {
      EACH_16(QUADRATIC)
      EACH(NARROW)
      sum += FIRST_OF(x0);
    }
  }
  SUM_CHAINS(sum)
  result[gl_GlobalInvocationID.x] = sum;
}
