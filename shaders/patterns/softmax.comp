#version 450
#extension GL_GOOGLE_include_directive : require
// Softmax of every row of a matrix, y[j] = exp(x[j] - max) / sum of exp(x[i] - max), a workgroup a row.
//
// ONLINE = 0 passes over the row three times: maximum, sum, result. ONLINE = 1 passes twice: the maximum and the sum are
// kept together, and the sum is corrected whenever the maximum grows (M. Milakov and N. Gimelshein, 2018). Both passes
// but the first are served by caches where a row fits them.
//
//   rows, columns   columns a multiple of 4; all loops of an invocation at most 60000 turns (llvmpipe's limit)
//   WORKGROUP_SIZE  a power of two
//   groups   [rows, 1, 1]; a grid-stride loop does the rest
//   bytes    8 rows columns, each element read and written once
//   verify   rows against double precision; the bound is derived in bench/patterns/softmax.ts
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;
layout(constant_id = 1) const uint ONLINE = 0;

layout(push_constant) uniform Push { uint rows; uint columns; };
layout(binding = 0) readonly buffer X { vec4 x[]; };
layout(binding = 1) writeonly buffer Y { vec4 y[]; };

#define SCALAR float
#include "../include/workgroup-tree-sum.glsl"

const float LEAST = -1.0e30;
shared float partialMaximum[WORKGROUP_SIZE];

float highest(vec4 v) { return max(max(v.x, v.y), max(v.z, v.w)); }
float total(vec4 v) { return (v.x + v.y) + (v.z + v.w); }

// The highest of all partial maxima, in every invocation.
float rowMaximum(float own, uint id) {
  partialMaximum[id] = own;
  barrier();
  for (uint step = WORKGROUP_SIZE / 2u; step > 0u; step /= 2u) {
    if (id < step) partialMaximum[id] = max(partialMaximum[id], partialMaximum[id + step]);
    barrier();
  }
  // It is written again only behind the barriers of the sum, as the sum is behind those here.
  return partialMaximum[0];
}

void main() {
  uint id = gl_LocalInvocationID.x, quads = columns / 4u;
  for (uint row = gl_WorkGroupID.x; row < rows; row += gl_NumWorkGroups.x) {
    float ownMaximum = LEAST, ownSum = 0.0;
    if (ONLINE == 1u) {
      for (uint i = id; i < quads; i += WORKGROUP_SIZE) {
        vec4 v = x[row * quads + i];
        float higher = max(ownMaximum, highest(v));
        ownSum = ownSum * exp(ownMaximum - higher) + total(exp(v - higher));
        ownMaximum = higher;
      }
    } else {
      for (uint i = id; i < quads; i += WORKGROUP_SIZE) ownMaximum = max(ownMaximum, highest(x[row * quads + i]));
    }
    float maximum = rowMaximum(ownMaximum, id);
    if (ONLINE == 1u) {
      ownSum *= exp(ownMaximum - maximum);
    } else {
      for (uint i = id; i < quads; i += WORKGROUP_SIZE) ownSum += total(exp(x[row * quads + i] - maximum));
    }
    float sum = workgroupTreeSum(ownSum);
    for (uint i = id; i < quads; i += WORKGROUP_SIZE) y[row * quads + i] = exp(x[row * quads + i] - maximum) / sum;
  }
}
