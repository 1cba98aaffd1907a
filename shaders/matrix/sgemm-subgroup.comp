#version 450
// variant 128: WIDTH=4 PACKED=vec4
// variant 256: WIDTH=8 PACKED=u64vec4
#extension GL_EXT_control_flow_attributes : require
#extension GL_KHR_shader_subgroup_basic : require
#extension GL_KHR_shader_subgroup_shuffle : require
#if WIDTH == 8
#extension GL_EXT_shader_explicit_arithmetic_types_int64 : require
#endif
layout(constant_id = 0) const uint WORKGROUP_SIZE = 64;
layout(local_size_x_id = 0) in;
layout(constant_id = 1) const uint ROWS = 32;
layout(constant_id = 2) const uint SPANS = 1;

layout(push_constant) uniform Push { uint m; uint n; uint k; };
layout(binding = 0) readonly buffer A { PACKED a[]; };
layout(binding = 1) readonly buffer B { PACKED b[]; };
layout(binding = 2) writeonly buffer C { PACKED c[]; };

const uint QUADS = WIDTH / 4;

#if WIDTH == 8
vec2 unpack(uint64_t bits) { return uintBitsToFloat(unpackUint2x32(bits)); }
vec4 quad(u64vec4 p, uint i) { return i == 0u ? vec4(unpack(p.x), unpack(p.y)) : vec4(unpack(p.z), unpack(p.w)); }
uint64_t pack(vec2 v) { return packUint2x32(floatBitsToUint(v)); }
u64vec4 joined(vec4 x, vec4 y) { return u64vec4(pack(x.xy), pack(x.zw), pack(y.xy), pack(y.zw)); }
#else
vec4 quad(vec4 p, uint i) { return p; }
vec4 joined(vec4 x, vec4 y) { return x; }
#endif

void main() {
  uint lane = gl_SubgroupInvocationID & 7u;
  uint firstRow = gl_WorkGroupID.y * ROWS;
  uint first = (gl_WorkGroupID.x * WORKGROUP_SIZE + gl_LocalInvocationID.x) * SPANS;
  uint nw = n / WIDTH, kw = k / WIDTH;
  vec4 sum[ROWS][SPANS * QUADS];
  [[unroll]] for (uint i = 0u; i < ROWS; i++)
    [[unroll]] for (uint j = 0u; j < SPANS * QUADS; j++) sum[i][j] = vec4(0.0);
  for (uint p = 0u; p < kw; p++) {
    vec4 left[ROWS / 8u][QUADS];
    [[unroll]] for (uint i = 0u; i < ROWS / 8u; i++) {
      PACKED t = a[(firstRow + 8u * i + lane) * kw + p];
      [[unroll]] for (uint h = 0u; h < QUADS; h++) left[i][h] = quad(t, h);
    }
    vec4 right[WIDTH][SPANS * QUADS];
    [[unroll]] for (uint i = 0u; i < WIDTH; i++)
    [[unroll]] for (uint j = 0u; j < SPANS; j++) {
      PACKED t = b[(WIDTH * p + i) * nw + first + j];
      [[unroll]] for (uint h = 0u; h < QUADS; h++) right[i][j * QUADS + h] = quad(t, h);
    }
    [[unroll]] for (uint i = 0u; i < ROWS / 8u; i++) {
#define ROW(r) { vec4 l[QUADS]; \
      [[unroll]] for (uint h = 0u; h < QUADS; h++) l[h] = subgroupShuffle(left[i][h], r); \
      [[unroll]] for (uint j = 0u; j < SPANS * QUADS; j++) { \
        vec4 s = sum[8u * i + r][j]; \
        [[unroll]] for (uint h = 0u; h < QUADS; h++) { \
        s = fma(vec4(l[h].x), right[4 * h + 0][j], s); \
        s = fma(vec4(l[h].y), right[4 * h + 1][j], s); \
        s = fma(vec4(l[h].z), right[4 * h + 2][j], s); \
        s = fma(vec4(l[h].w), right[4 * h + 3][j], s); } \
        sum[8u * i + r][j] = s; } }
      ROW(0u) ROW(1u) ROW(2u) ROW(3u) ROW(4u) ROW(5u) ROW(6u) ROW(7u)
    }
  }
  [[unroll]] for (uint i = 0u; i < ROWS; i++)
    [[unroll]] for (uint j = 0u; j < SPANS; j++) c[(firstRow + i) * nw + first + j] = joined(sum[i][QUADS * j], sum[i][QUADS * j + QUADS - 1]);
}
