#version 450
#extension GL_GOOGLE_include_directive : require
// Layer normalization of every row of a matrix, y[j] = (x[j] - mean) / sqrt(variance + EPSILON) * gain[j] + bias[j], a
// workgroup a row.
//
// Three passes over a row: mean, variance, result; the later ones are served by caches where a row fits them. The
// variance is that of the differences, not mean of squares minus square of mean, which would cancel.
//
//   rows, columns   columns a multiple of 4; all loops of an invocation at most 60000 turns (llvmpipe's limit)
//   WORKGROUP_SIZE  a power of two
//   groups   [rows, 1, 1], or fewer: a grid-stride loop does the rest
//   bytes    8 rows columns + 8 columns
//   verify   rows against double precision; the bound is derived in bench/patterns/layer-norm.ts
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint rows; uint columns; };
layout(binding = 0) readonly buffer X { vec4 x[]; };
layout(binding = 1) readonly buffer Gain { vec4 gain[]; };
layout(binding = 2) readonly buffer Bias { vec4 bias[]; };
layout(binding = 3) writeonly buffer Y { vec4 y[]; };

#define SCALAR float
#include "../include/workgroup-tree-sum.glsl"

const float EPSILON = 0.0009765625;

float total(vec4 v) { return (v.x + v.y) + (v.z + v.w); }

void main() {
  uint id = gl_LocalInvocationID.x, quads = columns / 4u;
  for (uint row = gl_WorkGroupID.x; row < rows; row += gl_NumWorkGroups.x) {
    float ownSum = 0.0;
    for (uint i = id; i < quads; i += WORKGROUP_SIZE) ownSum += total(x[row * quads + i]);
    float mean = workgroupTreeSum(ownSum) / float(columns);
    barrier();
    float ownSquares = 0.0;
    for (uint i = id; i < quads; i += WORKGROUP_SIZE) {
      vec4 difference = x[row * quads + i] - mean;
      ownSquares += total(difference * difference);
    }
    float factor = inversesqrt(workgroupTreeSum(ownSquares) / float(columns) + EPSILON);
    barrier();
    for (uint i = id; i < quads; i += WORKGROUP_SIZE)
      y[row * quads + i] = fma((x[row * quads + i] - mean) * factor, gain[i], bias[i]);
  }
}
