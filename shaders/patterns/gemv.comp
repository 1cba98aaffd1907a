#version 450
#extension GL_GOOGLE_include_directive : require
// Matrix-vector product y = A x in single precision, a workgroup a row.
//
// Every element of A is used once: the memory limits it, as it does most of what language models compute for a token.
// Each invocation sums every WORKGROUP_SIZE-th vec4 of the row, and a tree in shared memory adds the sums.
//
//   rows, columns   columns a multiple of 4; all loops of an invocation at most 60000 turns (llvmpipe's limit)
//   WORKGROUP_SIZE  a power of two
//   groups   [rows, 1, 1], or fewer: a grid-stride loop does the rest
//   flops    2 rows columns
//   bytes    4 (rows columns + rows + columns)
//   verify   exact for integers with columns * max|a| * max|x| < 2^24, in any order
layout(constant_id = 0) const uint WORKGROUP_SIZE = 64;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint rows; uint columns; };
layout(binding = 0) readonly buffer A { vec4 a[]; };
layout(binding = 1) readonly buffer X { vec4 x[]; };
layout(binding = 2) writeonly buffer Y { float y[]; };

#define SCALAR float
#include "../include/workgroup-tree-sum.glsl"

void main() {
  uint id = gl_LocalInvocationID.x, quads = columns / 4u;
  for (uint row = gl_WorkGroupID.x; row < rows; row += gl_NumWorkGroups.x) {
    vec4 sums = vec4(0.0);
    for (uint i = id; i < quads; i += WORKGROUP_SIZE) sums = fma(a[row * quads + i], x[i], sums);
    float sum = workgroupTreeSum((sums.x + sums.y) + (sums.z + sums.w));
    if (id == 0u) y[row] = sum;
    barrier();
  }
}
