#version 450
#extension GL_EXT_control_flow_attributes : require
// Single-precision matrix product C = A * B, all row-major: A is m x k, B is k x n, C is m x n.
//
// A workgroup of TILE x TILE invocations computes a block of C of 8 TILE x 8 TILE from slabs of A and B
// in shared memory; an invocation keeps 8 x 8 results in registers, TILE rows and columns apart, so
// that neighbouring invocations touch neighbouring addresses. Edges are padded with zeros on loading.
//
//   m, n, k  sizes from 1; k + k / TILE at most 60000 (llvmpipe's loop limit, see fma.comp)
//   TILE     4, 8 or 16; needs 64 TILE^2 bytes of shared memory (at 16 the 16 KiB that are guaranteed)
//            and TILE^2 invocations (256 at 16; only 128 are guaranteed, in practice 256)
//   groups   [ceil(n / (8 TILE)), ceil(m / (8 TILE)), 1]
//   flops    2 m n k
//   bytes    4 (m k + k n + m n), the compulsory traffic
//   verify   exact where A and B hold integers with k * max|a| * max|b| < 2^24, for then every partial
//            sum is exact in any order; else |c - ref| <= 2 k 2^-24 * sum |a| |b| (Higham, section
//            3.1, doubled). Large products by Freivalds: C r = A (B r)
layout(constant_id = 0) const uint TILE = 16;
layout(local_size_x_id = 0, local_size_y_id = 0) in;

layout(push_constant) uniform Push { uint m; uint n; uint k; };
layout(binding = 0) readonly buffer A { float a[]; };
layout(binding = 1) readonly buffer B { float b[]; };
layout(binding = 2) writeonly buffer C { float c[]; };

const uint SIDE = 8u;
const uint BLOCK = SIDE * TILE;
shared float slabA[BLOCK * TILE];  // BLOCK rows of TILE
shared float slabB[TILE * BLOCK];  // TILE rows of BLOCK

float elementA(uint row, uint column) { return row < m && column < k ? a[row * k + column] : 0.0; }
float elementB(uint row, uint column) { return row < k && column < n ? b[row * n + column] : 0.0; }

void main() {
  uint tx = gl_LocalInvocationID.x, ty = gl_LocalInvocationID.y;
  uint firstRow = gl_WorkGroupID.y * BLOCK, firstColumn = gl_WorkGroupID.x * BLOCK;
  float sum[SIDE][SIDE];
  [[unroll]] for (uint i = 0u; i < SIDE; i++)
    [[unroll]] for (uint j = 0u; j < SIDE; j++) sum[i][j] = 0.0;

  for (uint slab = 0u; slab < k; slab += TILE) {
    [[unroll]] for (uint i = 0u; i < SIDE; i++) {
      uint offset = i * TILE;
      slabA[(ty + offset) * TILE + tx] = elementA(firstRow + ty + offset, slab + tx);
      slabB[ty * BLOCK + tx + offset] = elementB(slab + ty, firstColumn + tx + offset);
    }
    barrier();
    for (uint p = 0u; p < TILE; p++) {
      float right[SIDE];
      [[unroll]] for (uint j = 0u; j < SIDE; j++) right[j] = slabB[p * BLOCK + tx + j * TILE];
      [[unroll]] for (uint i = 0u; i < SIDE; i++) {
        float left = slabA[(ty + i * TILE) * TILE + p];
        [[unroll]] for (uint j = 0u; j < SIDE; j++) sum[i][j] = fma(left, right[j], sum[i][j]);
      }
    }
    barrier();
  }

  [[unroll]] for (uint i = 0u; i < SIDE; i++) {
    uint row = firstRow + ty + i * TILE;
    [[unroll]] for (uint j = 0u; j < SIDE; j++) {
      uint column = firstColumn + tx + j * TILE;
      if (row < m && column < n) c[row * n + column] = sum[i][j];
    }
  }
}
