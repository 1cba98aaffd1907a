#version 460
#extension GL_GOOGLE_include_directive : require
#include "cooperative-matrix.glsl"
// Matrix product C = A B on matrix units without shared memory: what a plain kernel gets, beside hgemm-coopmat. 16-bit
// inputs, square matrices row by row.
//
// Every subgroup computes DOWN × ACROSS cooperative matrices of C, and loads those of A and B straight from memory; the
// caches must see that neighbours load the same.
//
//   size      rows and columns of the matrices, a multiple of DOWN × M × subgroups in a workgroup, ACROSS × N and K
//   M, N, K   the cooperative matrix; the device must list it for the types
//   groups    [size / (ACROSS N), size / (DOWN M subgroups)] of any number of whole subgroups
//   flops     2 size^3
//   bytes     (2 + 2 + sizeof(SUM)) size^2, the compulsory traffic
//   verify    as hgemm-coopmat
//
// variant f16-f32: INPUT=float16_t SUM=float
layout(constant_id = 0) const uint WORKGROUP_SIZE = 128;
layout(constant_id = 1) const uint M = 16;
layout(constant_id = 2) const uint N = 16;
layout(constant_id = 3) const uint K = 16;
layout(constant_id = 4) const uint DOWN = 2;
layout(constant_id = 5) const uint ACROSS = 4;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint size; };
layout(binding = 0) readonly buffer A { uint16_t a[]; };
layout(binding = 1) readonly buffer B { uint16_t b[]; };
layout(binding = 2) writeonly buffer C { SUM c[]; };

void main() {
  uint firstRow = (gl_WorkGroupID.y * gl_NumSubgroups + gl_SubgroupID) * DOWN * M;
  uint firstColumn = gl_WorkGroupID.x * ACROSS * N;
  TOTAL total[DOWN * ACROSS];
  [[unroll]] for (uint i = 0u; i < DOWN * ACROSS; i++) total[i] = TOTAL(SUM(0.0));

  for (uint depth = 0u; depth < size; depth += K) {
    LEFT left[DOWN];
    [[unroll]] for (uint i = 0u; i < DOWN; i++)
      LOAD_MATRIX(left[i], a, (firstRow + i * M) * size + depth, size);
    [[unroll]] for (uint j = 0u; j < ACROSS; j++) {
      RIGHT right;
      LOAD_MATRIX(right, b, depth * size + firstColumn + j * N, size);
      [[unroll]] for (uint i = 0u; i < DOWN; i++)
        total[i * ACROSS + j] = MULTIPLY_ADD(left[i], right, total[i * ACROSS + j]);
    }
  }

  [[unroll]] for (uint i = 0u; i < DOWN; i++) {
    [[unroll]] for (uint j = 0u; j < ACROSS; j++)
      STORE_MATRIX(total[i * ACROSS + j], c, (firstRow + i * M) * size + firstColumn + j * N, size);
  }
}
