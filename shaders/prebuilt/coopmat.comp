#version 460
#extension GL_KHR_cooperative_matrix : require
#extension GL_KHR_memory_scope_semantics : require
#extension GL_KHR_shader_subgroup_basic : require
#extension GL_EXT_shader_explicit_arithmetic_types : require
#extension GL_EXT_shader_16bit_storage : require
#extension GL_EXT_shader_8bit_storage : require
#ifdef BFLOAT16
#extension GL_EXT_bfloat16 : require
#endif
#ifdef FLOAT8
#extension GL_EXT_float_e4m3 : require
#extension GL_EXT_float_e5m2 : require
#endif
#pragma use_vulkan_memory_model
// Peak rate of the matrix units: C = A B + C of cooperative matrices (VK_KHR_cooperative_matrix). Nothing but registers
// is touched until the results are stored.
//
// CHAINS independent accumulators hide the latency of one product. Each has a B of its own, so that none can be computed
// from another. A workgroup has TILES results to compute, which its subgroups take in turn: the work, the results and
// their values are the same for every size of subgroups. A and B are small integers of which every sum is exact, so that
// the results show how many steps ran.
//
//   M, N, K   the tile; the device must list it for the types
//   CHAINS    1, 2, 4 or 8
//   loops     iterations of 4 steps a chain; 16 loops at most 60000 (llvmpipe's loop limit, see fma-f32.comp)
//   groups    any number of WORKGROUP_SIZE invocations, a multiple of the subgroup size
//   buffers   a: M × K; b: CHAINS × K × N; result: groups × TILES × M × N; all row by row, of the types' own width
//   flops     2 M N K × 4 loops × CHAINS × TILES × groups
//   verify    exactly: result = CHAINS (tile mod 4) + 4 loops × the sum of the chains' A B
//
// variant f16-f16: INPUT=float16_t STORED=uint16_t SUM=float16_t
// variant f16-f32: INPUT=float16_t STORED=uint16_t SUM=float
// variant bf16-f32: INPUT=bfloat16_t STORED=uint16_t SUM=float BFLOAT16=1
// variant s8-s32: INPUT=int8_t STORED=int8_t SUM=int
// variant u8-u32: INPUT=uint8_t STORED=uint8_t SUM=uint
// variant e4m3-f32: INPUT=floate4m3_t STORED=uint8_t SUM=float FLOAT8=1
// variant e5m2-f32: INPUT=floate5m2_t STORED=uint8_t SUM=float FLOAT8=1
layout(constant_id = 0) const uint WORKGROUP_SIZE = 128;
layout(constant_id = 1) const uint M = 16;
layout(constant_id = 2) const uint N = 16;
layout(constant_id = 3) const uint K = 16;
layout(constant_id = 4) const uint CHAINS = 4;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint loops; };
layout(binding = 0) readonly buffer A { STORED a[]; };
layout(binding = 1) readonly buffer B { STORED b[]; };
layout(binding = 2) writeonly buffer Result { SUM result[]; };

const uint TILES = 16u;

#define LEFT coopmat<INPUT, gl_ScopeSubgroup, M, K, gl_MatrixUseA>
#define RIGHT coopmat<INPUT, gl_ScopeSubgroup, K, N, gl_MatrixUseB>
#define TOTAL coopmat<SUM, gl_ScopeSubgroup, M, N, gl_MatrixUseAccumulator>

// Those of chains that do not exist are the first chain's, and never used.
#define LOAD(c) \
  RIGHT right##c; \
  coopMatLoad(right##c, b, CHAINS > uint(c) ? uint(c) * K * N : 0u, N, gl_CooperativeMatrixLayoutRowMajor);
#define START(c) TOTAL total##c = TOTAL(SUM(tile & 3u));
#define STEP(c) total##c = coopMatMulAdd(left, right##c, total##c);
#define EACH \
  STEP(0) \
  if (CHAINS > 1u) { STEP(1) } \
  if (CHAINS > 2u) { STEP(2) STEP(3) } \
  if (CHAINS > 4u) { STEP(4) STEP(5) STEP(6) STEP(7) }

void main() {
  LEFT left;
  coopMatLoad(left, a, 0u, K, gl_CooperativeMatrixLayoutRowMajor);
  LOAD(0) LOAD(1) LOAD(2) LOAD(3) LOAD(4) LOAD(5) LOAD(6) LOAD(7)
  for (uint tile = gl_SubgroupID; tile < TILES; tile += gl_NumSubgroups) {
    START(0) START(1) START(2) START(3) START(4) START(5) START(6) START(7)
    for (uint i = 0u; i < loops; i++) { EACH EACH EACH EACH }
    if (CHAINS > 1u) total0 = total0 + total1;
    if (CHAINS > 2u) total0 = total0 + total2 + total3;
    if (CHAINS > 4u) total0 = total0 + total4 + total5 + total6 + total7;
    uint place = (gl_WorkGroupID.x * TILES + tile) * M * N;
    coopMatStore(total0, result, place, N, gl_CooperativeMatrixLayoutRowMajor);
  }
}
