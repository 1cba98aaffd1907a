#version 450
// variant f32: T=float V=vec4 ACC=vec4 OUT=vec4 HALF=0
// variant f16: T=float16_t V=f16vec4 ACC=f16vec4 OUT=f16vec4 HALF=1
// variant f16-f32: T=float16_t V=f16vec4 ACC=vec4 OUT=vec4 HALF=1
// Matrix product C = A * B, all row-major: A is m x k, B is k x n, C is m x n; in single precision, or in half precision
// with sums in half or single precision (without matrix units).
//
// A workgroup computes a block of C of BLOCK_M x BLOCK_N from slabs of A and B, BLOCK_K deep, in shared memory; an
// invocation keeps ROWS x COLUMNS results in registers, in tiles of 4 x 4 that lie apart, so that neighbouring
// invocations read neighbouring vec4. The slab of A is stored transposed: then one read of a vec4 gives four rows. Two
// slabs of each take turns: while one is used the next is on its way from memory, with one barrier a slab. Edges are
// padded with zeros on loading.
//
//   m, n, k   m from 1; n and k multiples of 4; k / BLOCK_K at most 60000 (llvmpipe's loop limit, see fma.comp)
//   ROWS, COLUMNS   4 or 8
//   WORKGROUP_SIZE  (BLOCK_M / ROWS) (BLOCK_N / COLUMNS), the first factor a multiple of 4, the second of 8: an 8 x 4
//             patch of invocations reads 8 + 4 vec4 a step instead of 16 + 2
//   BLOCK_K   8, 16 or 32; BLOCK_M BLOCK_K and BLOCK_N BLOCK_K must be multiples of 4 WORKGROUP_SIZE, BLOCK_M of 32
//   shared memory   2 BLOCK_K (BLOCK_M + BLOCK_N) elements
//   groups    [ceil(n / BLOCK_N), ceil(m / BLOCK_M), 1]
//   flops     2 m n k
//   bytes     the compulsory traffic: every element of A, B and C once
//   verify    exact for small integers, as in sgemm-tiled.comp: sums in half precision are while they stay within 2048
#extension GL_EXT_control_flow_attributes : require
#if HALF == 1
#extension GL_EXT_shader_explicit_arithmetic_types_float16 : require
#extension GL_EXT_shader_16bit_storage : require
#endif
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;
layout(constant_id = 1) const uint BLOCK_M = 128;
layout(constant_id = 2) const uint BLOCK_N = 128;
layout(constant_id = 3) const uint BLOCK_K = 8;
layout(constant_id = 4) const uint ROWS = 8;
layout(constant_id = 5) const uint COLUMNS = 8;

layout(push_constant) uniform Push { uint m; uint n; uint k; };
layout(binding = 0) readonly buffer A { V a[]; };
layout(binding = 1) readonly buffer B { V b[]; };
layout(binding = 2) writeonly buffer C { OUT c[]; };

// Invocations along a column and along a row of the block.
const uint HIGH = BLOCK_M / ROWS;
const uint WIDE = BLOCK_N / COLUMNS;
// A row of a slab, and a row of a slab of A as it comes from memory, in vec4.
const uint STRIDE_A = BLOCK_M / 4u;
const uint STRIDE_B = BLOCK_N / 4u;
const uint QUADS = BLOCK_K / 4u;
const uint LOADS_A = BLOCK_M * BLOCK_K / (4u * WORKGROUP_SIZE);
const uint LOADS_B = BLOCK_N * BLOCK_K / (4u * WORKGROUP_SIZE);
const uint TILES_M = ROWS / 4u;
const uint TILES_N = COLUMNS / 4u;

shared V slabA[2u * BLOCK_K * STRIDE_A];
shared V slabB[2u * BLOCK_K * STRIDE_B];

V nextA[LOADS_A];
V nextB[LOADS_B];
ACC sum[ROWS][TILES_N];

// Where four rows of A stand among the vec4 of a slab's row: rows that are stored together lie in different banks.
uint place(uint fourRows, uint quad) { return fourRows ^ (quad * (8u / QUADS)); }

void loadSlabs(uint firstK) {
  [[unroll]] for (uint i = 0u; i < LOADS_A; i++) {
    uint index = gl_LocalInvocationIndex + i * WORKGROUP_SIZE;
    uint row = gl_WorkGroupID.y * BLOCK_M + index / QUADS, column = firstK + 4u * (index % QUADS);
    nextA[i] = row < m && column < k ? a[(row * k + column) / 4u] : V(0.0);
  }
  [[unroll]] for (uint i = 0u; i < LOADS_B; i++) {
    uint index = gl_LocalInvocationIndex + i * WORKGROUP_SIZE;
    uint row = firstK + index / STRIDE_B;
    uint column = gl_WorkGroupID.x * BLOCK_N + 4u * (index % STRIDE_B);
    nextB[i] = row < k && column < n ? b[(row * n + column) / 4u] : V(0.0);
  }
}

void storeSlabs(uint which) {
  [[unroll]] for (uint i = 0u; i < LOADS_A; i++) {
    uint index = gl_LocalInvocationIndex + i * WORKGROUP_SIZE;
    uint row = index / QUADS, quad = index % QUADS;
    uint first = (which * BLOCK_K + 4u * quad) * STRIDE_A + place(row / 4u, quad);
    [[unroll]] for (uint p = 0u; p < 4u; p++) slabA[first + p * STRIDE_A][row % 4u] = nextA[i][p];
  }
  [[unroll]] for (uint i = 0u; i < LOADS_B; i++) {
    uint index = gl_LocalInvocationIndex + i * WORKGROUP_SIZE;
    slabB[(which * BLOCK_K + index / STRIDE_B) * STRIDE_B + index % STRIDE_B] = nextB[i];
  }
}

void multiplySlabs(uint which, uint tx, uint ty) {
  [[unroll]] for (uint p = 0u; p < BLOCK_K; p++) {
    uint row = which * BLOCK_K + p;
    ACC right[TILES_N];
    [[unroll]] for (uint j = 0u; j < TILES_N; j++) right[j] = ACC(slabB[row * STRIDE_B + tx + j * WIDE]);
    [[unroll]] for (uint i = 0u; i < TILES_M; i++) {
      ACC left = ACC(slabA[row * STRIDE_A + place(ty + i * HIGH, p / 4u)]);
      [[unroll]] for (uint r = 0u; r < 4u; r++)
        [[unroll]] for (uint j = 0u; j < TILES_N; j++)
          sum[4u * i + r][j] = fma(ACC(left[r]), right[j], sum[4u * i + r][j]);
    }
  }
}

void main() {
  uint patch8x4 = gl_LocalInvocationIndex / 32u, inPatch = gl_LocalInvocationIndex % 32u;
  uint tx = inPatch % 8u + 8u * (patch8x4 % (WIDE / 8u));
  uint ty = inPatch / 8u + 4u * (patch8x4 / (WIDE / 8u));
  [[unroll]] for (uint i = 0u; i < ROWS; i++)
    [[unroll]] for (uint j = 0u; j < TILES_N; j++) sum[i][j] = ACC(0.0);

  loadSlabs(0u);
  storeSlabs(0u);
  barrier();
  uint which = 0u;
  for (uint firstK = 0u; firstK < k; firstK += BLOCK_K) {
    bool more = firstK + BLOCK_K < k;
    if (more) loadSlabs(firstK + BLOCK_K);
    multiplySlabs(which, tx, ty);
    if (more) storeSlabs(1u - which);
    barrier();
    which = 1u - which;
  }

  [[unroll]] for (uint i = 0u; i < ROWS; i++)
    [[unroll]] for (uint j = 0u; j < TILES_N; j++) {
      uint row = gl_WorkGroupID.y * BLOCK_M + 4u * (ty + i / 4u * HIGH) + i % 4u;
      uint column = gl_WorkGroupID.x * BLOCK_N + 4u * (tx + j * WIDE);
      if (row < m && column < n) c[(row * n + column) / 4u] = OUT(sum[i][j]);
    }
}
