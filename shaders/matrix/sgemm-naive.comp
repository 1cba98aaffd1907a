#version 450
// Single-precision matrix product C = A * B, all row-major: A is m x k, B is k x n, C is m x n.
//
// The plainest kernel: an invocation computes one element of C straight from memory. What caches alone make of a
// matrix product; the other kernels are held against it.
//
//   m, n, k  sizes from 1; k at most 60000 (llvmpipe's loop limit, see fma.comp)
//   groups   [ceil(n / WORKGROUP_X), ceil(m / WORKGROUP_Y), 1]
//   flops    2 m n k
//   bytes    4 (m k + k n + m n), the compulsory traffic
//   verify   exact where A and B hold integers with k * max|a| * max|b| < 2^24, as in sgemm-tiled.comp
layout(constant_id = 0) const uint WORKGROUP_X = 16;
layout(constant_id = 1) const uint WORKGROUP_Y = 16;
layout(local_size_x_id = 0, local_size_y_id = 1) in;

layout(push_constant) uniform Push { uint m; uint n; uint k; };
layout(binding = 0) readonly buffer A { float a[]; };
layout(binding = 1) readonly buffer B { float b[]; };
layout(binding = 2) writeonly buffer C { float c[]; };

void main() {
  uint row = gl_GlobalInvocationID.y, column = gl_GlobalInvocationID.x;
  if (row >= m || column >= n) return;
  float sum = 0.0;
  for (uint p = 0u; p < k; p++) sum = fma(a[row * k + p], b[p * n + column], sum);
  c[row * n + column] = sum;
}
