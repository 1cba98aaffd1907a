#version 450
// variant 128: WIDTH=4 PACKED=vec4
// variant 256: WIDTH=8 PACKED=u64vec4
// Single-precision matrix product C = A * B, all row-major: A is m x k, B is k x n, C is m x n.
//
// No shared memory and no barrier: an invocation keeps ROWS x (SPANS WIDTH) results in registers and loads its columns
// of B itself; eight neighbouring invocations of a subgroup load a row of A each and hand it round by shuffles. This
// is what SIMD CPUs want, where shared memory is memory: on llvmpipe a shuffle from a constant lane is one permutation
// instruction, while a load of one address by all lanes (also from shared memory) is a scalar loop. WIDTH floats are
// loaded at once: as vec4, or as u64vec4 where one load is to move 32 bytes.
//
//   m, n, k  m from 1; n a multiple of WIDTH, k of 8; k / 8 at most 60000 (llvmpipe's loop limit)
//   ROWS     a multiple of 8. ROWS SPANS WIDTH accumulators: GPUs have about 100 registers for them, while on a CPU
//            they spill into its first cache, which costs little
//   groups   [ceil(m / ROWS), ceil(n / (WIDTH SPANS WORKGROUP_SIZE)), 1]: consecutive workgroups use the same columns of
//            B, which then stay in a cache
//   needs    subgroups of at least 8; WIDTH=8 needs shaderInt64
//   flops    2 m n k
//   bytes    4 (m k + k n + m n), the compulsory traffic
//   verify   exact where A and B hold integers with k * max|a| * max|b| < 2^24, as in sgemm-tiled.comp
#extension GL_EXT_control_flow_attributes : require
#extension GL_KHR_shader_subgroup_basic : require
#extension GL_KHR_shader_subgroup_shuffle : require
#if WIDTH == 8
#extension GL_EXT_shader_explicit_arithmetic_types_int64 : require
#endif
layout(constant_id = 0) const uint WORKGROUP_SIZE = 32;
layout(local_size_x_id = 0) in;
layout(constant_id = 1) const uint ROWS = 32;
layout(constant_id = 2) const uint SPANS = 1;

layout(push_constant) uniform Push { uint m; uint n; uint k; };
layout(binding = 0) readonly buffer A { PACKED a[]; };
layout(binding = 1) readonly buffer B { PACKED b[]; };
layout(binding = 2) writeonly buffer C { PACKED c[]; };

// Products that are added to every sum in one turn of the loop.
const uint DEPTH = 8;
const uint QUADS = WIDTH / 4;

#if WIDTH == 8
vec2 pair(uint64_t bits) { return uintBitsToFloat(unpackUint2x32(bits)); }
uint64_t bits(vec2 two) { return packUint2x32(floatBitsToUint(two)); }
vec4 quad(u64vec4 packed, uint i) {
  return i == 0u ? vec4(pair(packed.x), pair(packed.y)) : vec4(pair(packed.z), pair(packed.w));
}
u64vec4 joined(vec4 first, vec4 second) {
  return u64vec4(bits(first.xy), bits(first.zw), bits(second.xy), bits(second.zw));
}
#else
vec4 quad(vec4 packed, uint i) { return packed; }
vec4 joined(vec4 first, vec4 second) { return first; }
#endif

void main() {
  uint lane = gl_SubgroupInvocationID & 7u;
  uint firstRow = gl_WorkGroupID.x * ROWS;
  uint firstSpan = (gl_WorkGroupID.y * WORKGROUP_SIZE + gl_LocalInvocationIndex) * SPANS;
  uint spansOfB = n / WIDTH, spansOfA = k / WIDTH;
  vec4 sum[ROWS][SPANS * QUADS];
  [[unroll]] for (uint i = 0u; i < ROWS; i++)
    [[unroll]] for (uint j = 0u; j < SPANS * QUADS; j++) sum[i][j] = vec4(0.0);

  for (uint firstK = 0u; firstK < k; firstK += DEPTH) {
    // What lies beyond an edge is replaced by what lies at it: its results are not stored.
    vec4 left[ROWS / 8u][DEPTH / 4];
    [[unroll]] for (uint i = 0u; i < ROWS / 8u; i++) {
      uint row = min(firstRow + 8u * i + lane, m - 1u);
      [[unroll]] for (uint s = 0u; s < DEPTH / WIDTH; s++) {
        PACKED loaded = a[row * spansOfA + firstK / WIDTH + s];
        [[unroll]] for (uint h = 0u; h < QUADS; h++) left[i][s * QUADS + h] = quad(loaded, h);
      }
    }
    vec4 right[DEPTH][SPANS * QUADS];
    [[unroll]] for (uint p = 0u; p < DEPTH; p++)
      [[unroll]] for (uint j = 0u; j < SPANS; j++) {
        PACKED loaded = b[(firstK + p) * spansOfB + min(firstSpan + j, spansOfB - 1u)];
        [[unroll]] for (uint h = 0u; h < QUADS; h++) right[p][j * QUADS + h] = quad(loaded, h);
      }
    [[unroll]] for (uint i = 0u; i < ROWS / 8u; i++)
      [[unroll]] for (uint r = 0u; r < 8u; r++) {
        // Lanes 0 to 7 hold the rows, all others copies of them: after unrolling the lane is a constant.
        vec4 factors[DEPTH / 4];
        [[unroll]] for (uint h = 0u; h < DEPTH / 4; h++) factors[h] = subgroupShuffle(left[i][h], r);
        [[unroll]] for (uint j = 0u; j < SPANS * QUADS; j++) {
          vec4 partial = sum[8u * i + r][j];
          [[unroll]] for (uint p = 0u; p < DEPTH; p++)
            partial = fma(vec4(factors[p / 4u][p % 4u]), right[p][j], partial);
          sum[8u * i + r][j] = partial;
        }
      }
  }

  [[unroll]] for (uint i = 0u; i < ROWS; i++)
    [[unroll]] for (uint j = 0u; j < SPANS; j++)
      if (firstRow + i < m && firstSpan + j < spansOfB)
        c[(firstRow + i) * spansOfB + firstSpan + j] = joined(sum[i][QUADS * j], sum[i][QUADS * j + QUADS - 1u]);
}
