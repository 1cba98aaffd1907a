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

layout(push_constant) uniform Push { uint count; };
layout(binding = 0) restrict readonly buffer Partials { SCALAR partials[]; };
layout(binding = 1) restrict writeonly buffer Total { SCALAR total[]; };

shared SCALAR sums[WORKGROUP_SIZE];

void main() {
  uint lane = gl_LocalInvocationID.x;
  SCALAR sum = SCALAR(0);
  for (uint i = lane; i < count; i += WORKGROUP_SIZE) sum += partials[i];
  sums[lane] = sum;
  for (uint reach = WORKGROUP_SIZE / 2u; reach > 0u; reach /= 2u) {
    barrier();
    if (lane < reach) sums[lane] += sums[lane + reach];
  }
  if (lane == 0u) total[0] = sums[0];
}
