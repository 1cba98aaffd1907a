#version 450
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_shader_explicit_arithmetic_types : require
// variant i32: T=int S=int WIDTH=1 SUM=int
// variant i32-vec2: T=ivec2 S=int WIDTH=2 SUM=int
// variant i32-vec4: T=ivec4 S=int WIDTH=4 SUM=int
// variant i64: T=int64_t S=int64_t WIDTH=1 SUM=int64_t
// variant i64-vec2: T=i64vec2 S=int64_t WIDTH=2 SUM=int64_t
// variant i64-vec4: T=i64vec4 S=int64_t WIDTH=4 SUM=int64_t
// variant i16: T=int16_t S=int16_t WIDTH=1 SUM=int
// variant i16-vec2: T=i16vec2 S=int16_t WIDTH=2 SUM=int
// variant i16-vec4: T=i16vec4 S=int16_t WIDTH=4 SUM=int
// variant i8: T=int8_t S=int8_t WIDTH=1 SUM=int
// variant i8-vec2: T=i8vec2 S=int8_t WIDTH=2 SUM=int
// variant i8-vec4: T=i8vec4 S=int8_t WIDTH=4 SUM=int
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(constant_id = 1) const uint CHAINS = 8;
layout(constant_id = 2) const uint SHAPE = 0;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint loops; int a; int b; };
layout(binding = 0) writeonly buffer Result { int result[]; };

#include "chains.glsl"

S start(uint k) { return S(int((gl_GlobalInvocationID.x + 5u * k) & 63u)); }

#if WIDTH == 1
#define START(k) start(k)
#define SUM_OF(v) SUM(v)
#define FIRST(v) SUM(v)
#elif WIDTH == 2
#define START(k) T(start(2u * k), start(2u * k + 1u))
#define SUM_OF(v) (SUM(v.x) + SUM(v.y))
#define FIRST(v) SUM(v.x)
#else
#define START(k) T(start(4u * k), start(4u * k + 1u), start(4u * k + 2u), start(4u * k + 3u))
#define SUM_OF(v) (SUM(v.x) + SUM(v.y) + SUM(v.z) + SUM(v.w))
#define FIRST(v) SUM(v.x)
#endif

#define AFFINE(x) x = va * x + vb;
#define QUADRATIC(x) x = x * x + vb;

void main() {
  SUM sum = SUM(0);
  DECLARE_CHAINS
  T va = T(S(a)), vb = T(S(b)), two = T(S(2));
  if (SHAPE == 0u) {
    for (uint i = 0u; i < loops; i++) {
      EACH_16(AFFINE)
      sum += FIRST(x0);
      vb += two;
    }
  } else {
    for (uint i = 0u; i < loops; i++) {
      EACH_16(QUADRATIC)
      sum += FIRST(x0);
      vb += two;
    }
  }
  SUM_CHAINS(sum, SUM_OF)
  result[gl_GlobalInvocationID.x] = int(sum);
}
