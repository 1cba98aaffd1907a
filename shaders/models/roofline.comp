#version 450
// Arithmetic intensity from none to compute-bound: y[i] = x[i] after `fmas` multiply-adds.
//
// Every invocation holds 12 floats, 3 vectors of 16 bytes, in registers: 12 independent chains, as many as the peak needs
// (fma.comp), and loads and stores as wide as a copy has them. A workgroup has a contiguous piece of both arrays; its
// vectors are a workgroup apart, so that neighbouring invocations touch neighbouring vectors.
//
//   FMAS     multiply-adds per element: 32 in every iteration of a loop, and the rest in straight-line code, which a
//            driver folds
//   n        floats in x and in y, a multiple of 12 WORKGROUP_SIZE
//   groups   n / (12 WORKGROUP_SIZE)
//   bytes    8 n (4 n read, 4 n written)
//   flops    2 FMAS n, hence FMAS / 4 flop per byte
//   verify   with a = 1 and b = 1, exactly y[i] = x[i] + FMAS, for whole numbers x below 2^22
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(constant_id = 1) const uint FMAS = 16;
layout(local_size_x_id = 0) in;

// `turns` is FMAS / 32, which no driver can unroll.
layout(push_constant) uniform Push { uint n; uint turns; float a; float b; };
layout(binding = 0) readonly buffer X { vec4 x[]; };
layout(binding = 1) writeonly buffer Y { vec4 y[]; };

#define FMA_1 x0 = fma(va, x0, vb); x1 = fma(va, x1, vb); x2 = fma(va, x2, vb);
#define FMA_2 FMA_1 FMA_1
#define FMA_4 FMA_2 FMA_2
#define FMA_8 FMA_4 FMA_4
#define FMA_16 FMA_8 FMA_8

void main() {
  vec4 va = vec4(a), vb = vec4(b);
  uint at = gl_WorkGroupID.x * 3u * WORKGROUP_SIZE + gl_LocalInvocationID.x;
  vec4 x0 = x[at], x1 = x[at + WORKGROUP_SIZE], x2 = x[at + 2u * WORKGROUP_SIZE];
  if ((FMAS & 1u) != 0u) { FMA_1 }
  if ((FMAS & 2u) != 0u) { FMA_2 }
  if ((FMAS & 4u) != 0u) { FMA_4 }
  if ((FMAS & 8u) != 0u) { FMA_8 }
  if ((FMAS & 16u) != 0u) { FMA_16 }
  if (FMAS >= 32u) for (uint turn = 0u; turn < turns; turn++) { FMA_16 FMA_16 }
  y[at] = x0;
  y[at + WORKGROUP_SIZE] = x1;
  y[at + 2u * WORKGROUP_SIZE] = x2;
}
