#version 460
#extension GL_GOOGLE_include_directive : require
#include "cooperative-matrix.glsl"
// Matrix product C = A B on matrix units, as fast as its code can be made without knowing the device: 16-bit inputs,
// square matrices row by row.
//
// A workgroup computes TILE_M × TILE_N of C from slabs of A and B, TILE_K deep, in shared memory; each of its ROWS ×
// COLUMNS subgroups holds its part of the results in registers. While a slab is multiplied, the next one is on its way
// into registers, 16 bytes an invocation at a time; it is written to the other of two buffers (STAGES = 2), which needs
// one barrier a slab, or to the same one after a second barrier (STAGES = 1), which leaves room for larger tiles. Rows in
// shared memory are 16 bytes longer than their contents, so that the rows of a matrix start in different banks. Blocks of
// C are handed out in bands of BAND rows, whose slabs of A stay in the cache while B goes by.
//
//   size      rows and columns of the matrices, a multiple of TILE_M, TILE_N and TILE_K
//   M, N, K   the cooperative matrix; the device must list it for the types; N and K multiples of 8
//   groups    (size / TILE_M) (size / TILE_N) of ROWS × COLUMNS subgroups: WORKGROUP_SIZE invocations
//   shared    2 STAGES (TILE_M (TILE_K + 8) + TILE_K (TILE_N + 8)) bytes
//   flops     2 size^3
//   bytes     (2 + 2 + sizeof(SUM)) size^2, the compulsory traffic
//   verify    exact on small integers: every partial sum is an integer that SUM holds. Freivalds' identity, C r = A (B r)
//
// variant f16-f32: INPUT=float16_t SUM=float
// variant f16-f16: INPUT=float16_t SUM=float16_t
// variant bf16-f32: INPUT=bfloat16_t SUM=float BFLOAT16=1
// variant nv-f16-f32: NV=1 SUM=float SUM_BITS=32
// variant nv-f16-f16: NV=1 SUM=float16_t SUM_BITS=16
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(constant_id = 1) const uint M = 16;
layout(constant_id = 2) const uint N = 16;
layout(constant_id = 3) const uint K = 16;
layout(constant_id = 4) const uint TILE_M = 128;
layout(constant_id = 5) const uint TILE_N = 128;
layout(constant_id = 6) const uint TILE_K = 32;
layout(constant_id = 7) const uint ROWS = 4;
layout(constant_id = 8) const uint COLUMNS = 2;
layout(constant_id = 9) const uint STAGES = 2;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint size; };
layout(binding = 0) readonly buffer A { uvec4 a[]; };
layout(binding = 1) readonly buffer B { uvec4 b[]; };
layout(binding = 2) writeonly buffer C { SUM c[]; };

// Elements of 16 bits in a uvec4: places and strides in A, B and shared memory count uvec4.
const uint PACK = 8u;
const uint BAND = 8u;

const uint A_ROW = TILE_K / PACK, A_STRIDE = A_ROW + 1u, A_STAGE = TILE_M * A_STRIDE;
const uint B_ROW = TILE_N / PACK, B_STRIDE = B_ROW + 1u, B_STAGE = TILE_K * B_STRIDE;
shared uvec4 slabA[STAGES * A_STAGE];
shared uvec4 slabB[STAGES * B_STAGE];

// What each invocation fetches of a slab.
const uint A_FETCHES = TILE_M * A_ROW / WORKGROUP_SIZE;
const uint B_FETCHES = TILE_K * B_ROW / WORKGROUP_SIZE;
// Matrices of a subgroup.
const uint DOWN = TILE_M / (ROWS * M);
const uint ACROSS = TILE_N / (COLUMNS * N);

uvec2 blockOf(uint index) {
  uint rows = size / TILE_M, columns = size / TILE_N;
  uint firstRow = index / (BAND * columns) * BAND;
  uint height = min(BAND, rows - firstRow);
  uint inBand = index % (BAND * columns);
  return uvec2(inBand / height, firstRow + inBand % height);
}

// Place of an invocation's i-th fetch in a slab.
uint fetchPlace(uint i) { return gl_LocalInvocationIndex + i * WORKGROUP_SIZE; }

#define FETCH(slab) \
  [[unroll]] for (uint i = 0u; i < A_FETCHES; i++) { \
    uint place = fetchPlace(i); \
    fetchedA[i] = a[firstA + place / A_ROW * row + (slab) * A_ROW + place % A_ROW]; \
  } \
  [[unroll]] for (uint i = 0u; i < B_FETCHES; i++) { \
    uint place = fetchPlace(i); \
    fetchedB[i] = b[firstB + ((slab) * TILE_K + place / B_ROW) * row + place % B_ROW]; \
  }

#define PUT(stage) \
  [[unroll]] for (uint i = 0u; i < A_FETCHES; i++) { \
    uint place = fetchPlace(i); \
    slabA[(stage) * A_STAGE + place / A_ROW * A_STRIDE + place % A_ROW] = fetchedA[i]; \
  } \
  [[unroll]] for (uint i = 0u; i < B_FETCHES; i++) { \
    uint place = fetchPlace(i); \
    slabB[(stage) * B_STAGE + place / B_ROW * B_STRIDE + place % B_ROW] = fetchedB[i]; \
  }

void main() {
  uvec2 block = blockOf(gl_WorkGroupID.x);
  uint row = size / PACK;
  uint firstA = block.y * TILE_M * row, firstB = block.x * B_ROW;
  uint subgroupRow = gl_SubgroupID / COLUMNS * (DOWN * M);
  uint subgroupColumn = gl_SubgroupID % COLUMNS * (ACROSS * N);
  uvec4 fetchedA[A_FETCHES];
  uvec4 fetchedB[B_FETCHES];
  TOTAL total[DOWN * ACROSS];
  [[unroll]] for (uint i = 0u; i < DOWN * ACROSS; i++) total[i] = TOTAL(SUM(0.0));

  uint slabs = size / TILE_K, stage = 0u;
  FETCH(0u)
  PUT(0u)
  barrier();
  for (uint next = 1u; next <= slabs; next++) {
    if (next < slabs) { FETCH(next) }
    uint placeA = stage * A_STAGE + subgroupRow * A_STRIDE;
    uint placeB = stage * B_STAGE + subgroupColumn / PACK;
    [[unroll]] for (uint depth = 0u; depth < TILE_K; depth += K) {
      LEFT left[DOWN];
      [[unroll]] for (uint i = 0u; i < DOWN; i++)
        LOAD_MATRIX(left[i], slabA, placeA + i * M * A_STRIDE + depth / PACK, A_STRIDE);
      [[unroll]] for (uint j = 0u; j < ACROSS; j++) {
        RIGHT right;
        LOAD_MATRIX(right, slabB, placeB + depth * B_STRIDE + j * N / PACK, B_STRIDE);
        [[unroll]] for (uint i = 0u; i < DOWN; i++)
          total[i * ACROSS + j] = MULTIPLY_ADD(left[i], right, total[i * ACROSS + j]);
      }
    }
    if (next < slabs) {
      if (STAGES == 1u) barrier();
      else stage ^= 1u;
      PUT(stage)
      barrier();
    }
  }

  uint firstRow = block.y * TILE_M + subgroupRow, firstColumn = block.x * TILE_N + subgroupColumn;
  [[unroll]] for (uint i = 0u; i < DOWN; i++) {
    [[unroll]] for (uint j = 0u; j < ACROSS; j++)
      STORE_MATRIX(total[i * ACROSS + j], c, (firstRow + i * M) * size + firstColumn + j * N, size);
  }
}
