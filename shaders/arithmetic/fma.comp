#version 450
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_shader_explicit_arithmetic_types : require
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
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(constant_id = 1) const uint CHAINS = 8;
layout(constant_id = 2) const uint SHAPE = 0;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint loops; float a; float b; float c; };
layout(binding = 0) writeonly buffer Result { SUM result[]; };

#include "chains.glsl"

S start(uint k) {
  uint i = gl_GlobalInvocationID.x + 5u * k;
  if (SHAPE == 0u) return S(int(i & 63u));
  uint phase = i & 3u;
  return phase == 1u ? S(-1.75) : phase == 2u ? S(1.25) : S(-0.25);
}

#if WIDTH == 1
#define START(k) start(k)
#define SUM_OF(x) SUM(x)
#define FIRST(x) SUM(x)
#elif WIDTH == 2
#define START(k) T(start(2u * k), start(2u * k + 1u))
#define SUM_OF(v) (SUM(v.x) + SUM(v.y))
#define FIRST(v) SUM(v.x)
#else
#define START(k) T(start(4u * k), start(4u * k + 1u), start(4u * k + 2u), start(4u * k + 3u))
#define SUM_OF(v) (SUM(v.x) + SUM(v.y) + SUM(v.z) + SUM(v.w))
#define FIRST(v) SUM(v.x)
#endif

#ifdef HALF
#define CONSTANT(x) T(HALF(x))
#define NARROW(x) x = T(HALF(x));
#else
#define CONSTANT(x) T(x)
#define NARROW(x)
#endif

#define AFFINE(x) x = fma(va, x, vb);
#define QUADRATIC(x) x = fma(x, x, vc);

void main() {
  SUM sum = SUM(0);
  DECLARE_CHAINS
  if (SHAPE == 0u) {
    T va = CONSTANT(a), vb = CONSTANT(b);
    for (uint i = 0u; i < loops; i++) {
      EACH_16(AFFINE)
      EACH(NARROW)
      sum += FIRST(x0);
      vb = -vb;
    }
  } else {
    T vc = CONSTANT(c);
    for (uint i = 0u; i < loops; i++) {
      EACH_16(QUADRATIC)
      EACH(NARROW)
      sum += FIRST(x0);
    }
  }
  SUM_CHAINS(sum, SUM_OF)
  result[gl_GlobalInvocationID.x] = sum;
}
