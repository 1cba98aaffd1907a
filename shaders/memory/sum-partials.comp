#version 450
// The second stage of a dot product: one workgroup adds up the partial sums of the first.
//
//   count    partial sums
//   groups   1
//   verify   with dot.comp
//
// variant f32: SCALAR=float
// variant f64: SCALAR=double
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

#include "../include/workgroup-sum.glsl"

layout(push_constant) uniform Push { uint count; };
layout(binding = 0) restrict readonly buffer Partials { SCALAR partials[]; };
layout(binding = 1) restrict writeonly buffer Total { SCALAR total[]; };

void main() {
  SCALAR own = SCALAR(0);
  for (uint i = gl_LocalInvocationID.x; i < count; i += WORKGROUP_SIZE) own += partials[i];
  SCALAR sum = workgroupSum(own);
  if (gl_LocalInvocationID.x == 0u) total[0] = sum;
}
