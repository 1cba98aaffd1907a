#version 460
#extension GL_KHR_cooperative_matrix : require
#extension GL_KHR_memory_scope_semantics : require
#extension GL_EXT_shader_explicit_arithmetic_types : require
#pragma use_vulkan_memory_model
// Matrix product C = A B on matrix units, with matrices as large as a whole tile of C (VK_NV_cooperative_matrix2): how
// they are split over subgroups, and what goes through shared memory, is the driver's business. 16-bit inputs, square
// matrices row by row.
//
// A scope (a workgroup, or a subgroup that is a workgroup of its own) computes TILE_M × TILE_N of C, and loads matrices of
// TILE_K columns of A and rows of B, 16 bytes at a time. Blocks of C are handed out in bands of BAND rows, as in
// hgemm-coopmat.
//
//   size      rows and columns of the matrices, a multiple of TILE_M, TILE_N and TILE_K
//   TILE_*    multiples of what the device lists for the types and the scope; TILE_N and TILE_K also of 8
//   groups    (size / TILE_M) (size / TILE_N) of WORKGROUP_SIZE invocations: those that the device lists, or one subgroup
//   flops     2 size^3
//   bytes     (2 + 2 + sizeof(SUM)) size^2, the compulsory traffic
//   verify    as hgemm-coopmat
//
// variant workgroup-f16-f32: SCOPE=gl_ScopeWorkgroup SUM=float
// variant workgroup-f16-f16: SCOPE=gl_ScopeWorkgroup SUM=float16_t
// variant subgroup-f16-f32: SCOPE=gl_ScopeSubgroup SUM=float
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(constant_id = 1) const uint TILE_M = 128;
layout(constant_id = 2) const uint TILE_N = 128;
layout(constant_id = 3) const uint TILE_K = 32;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint size; };
layout(binding = 0) readonly buffer A { uvec4 a[]; };
layout(binding = 1) readonly buffer B { uvec4 b[]; };
layout(binding = 2) writeonly buffer C { SUM c[]; };

// Elements of 16 bits in a uvec4: places and strides in A and B count uvec4.
const uint PACK = 8u;
const uint BAND = 8u;

uvec2 blockOf(uint index) {
  uint rows = size / TILE_M, columns = size / TILE_N;
  uint firstRow = index / (BAND * columns) * BAND;
  uint height = min(BAND, rows - firstRow);
  uint inBand = index % (BAND * columns);
  return uvec2(inBand / height, firstRow + inBand % height);
}

void main() {
  uvec2 block = blockOf(gl_WorkGroupID.x);
  uint firstRow = block.y * TILE_M, firstColumn = block.x * TILE_N, row = size / PACK;
  coopmat<SUM, SCOPE, TILE_M, TILE_N, gl_MatrixUseAccumulator> total =
    coopmat<SUM, SCOPE, TILE_M, TILE_N, gl_MatrixUseAccumulator>(SUM(0.0));
  for (uint depth = 0u; depth < size; depth += TILE_K) {
    coopmat<float16_t, SCOPE, TILE_M, TILE_K, gl_MatrixUseA> left;
    coopmat<float16_t, SCOPE, TILE_K, TILE_N, gl_MatrixUseB> right;
    coopMatLoad(left, a, firstRow * row + depth / PACK, row, gl_CooperativeMatrixLayoutRowMajor);
    coopMatLoad(right, b, depth * row + firstColumn / PACK, row, gl_CooperativeMatrixLayoutRowMajor);
    total = coopMatMulAdd(left, right, total);
  }
  coopMatStore(total, c, firstRow * size + firstColumn, size, gl_CooperativeMatrixLayoutRowMajor);
}
