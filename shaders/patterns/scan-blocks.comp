#version 450
#extension GL_GOOGLE_include_directive : require
// Last of the three dispatches of an exclusive prefix sum: every workgroup scans its part of the array,
// tile by tile, and begins with what the parts before it sum up to.
//
// A tile is four vec4s per invocation, WORKGROUP_SIZE apart so that neighbours read neighbours; their four
// sums are scanned at once.
//
//   n               integers in x and y, a multiple of 4
//   part            vec4s of a workgroup, a multiple of 4 * WORKGROUP_SIZE
//   groups          those of scan-reduce.comp
//   bytes           8 n (4 n read, 4 n written)
//   verify          y[i] is the sum of x[0] to x[i - 1] modulo 2^32, exactly, for every i
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint n; uint part; };
layout(binding = 0) readonly buffer X { uvec4 x[]; };
layout(binding = 1) readonly buffer Offsets { uint offsets[]; };
layout(binding = 2) writeonly buffer Y { uvec4 y[]; };

#define SCANNED uvec4
#include "../include/workgroup-scan.glsl"

uint sumOf(uvec4 v) { return v.x + v.y + v.z + v.w; }

uvec4 load(uint i, uint end) {
  if (i < end) return x[i];
  return uvec4(0u);
}

void store(uint i, uint end, uint before, uvec4 v) {
  if (i < end) y[i] = uvec4(before, before + v.x, before + v.x + v.y, before + v.x + v.y + v.z);
}

void main() {
  uint lane = gl_LocalInvocationID.x;
  uint start = gl_WorkGroupID.x * part;
  uint end = min(start + part, n / 4u);
  uint before = offsets[gl_WorkGroupID.x];
  for (uint tile = start; tile < end; tile += 4u * WORKGROUP_SIZE) {
    uint i = tile + lane;
    uvec4 a = load(i, end);
    uvec4 b = load(i + WORKGROUP_SIZE, end);
    uvec4 c = load(i + 2u * WORKGROUP_SIZE, end);
    uvec4 d = load(i + 3u * WORKGROUP_SIZE, end);
    uvec4 total;
    uvec4 offset = workgroupExclusiveAdd(uvec4(sumOf(a), sumOf(b), sumOf(c), sumOf(d)), total);
    store(i, end, before + offset.x, a);
    store(i + WORKGROUP_SIZE, end, before + total.x + offset.y, b);
    store(i + 2u * WORKGROUP_SIZE, end, before + total.x + total.y + offset.z, c);
    store(i + 3u * WORKGROUP_SIZE, end, before + total.x + total.y + total.z + offset.w, d);
    before += sumOf(total);
    barrier();
  }
}
