#version 450
// Rate of a 256-bin histogram with atomics in global memory only: every key is one atomic on one of 256
// addresses that all workgroups share. The baseline of histogram-shared.
//
//   n        32-bit words in keys; each packs 4 keys of 8 bits
//   groups   any number up to ceil(n / WORKGROUP_SIZE) (grid-stride loop)
//   items    4 n keys, which are 4 n atomics
//   bytes    4 n read (the bins stay in caches)
//   verify   bins[k] grows by exactly the number of keys k with every dispatch; the kernel does not
//            clear them
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint n; };
layout(binding = 0) readonly buffer Keys { uint keys[]; };
layout(binding = 1) buffer Bins { uint bins[]; };

void main() {
  uint stride = gl_NumWorkGroups.x * WORKGROUP_SIZE;
  for (uint i = gl_GlobalInvocationID.x; i < n; i += stride) {
    uint word = keys[i];
    atomicAdd(bins[word & 255u], 1u);
    atomicAdd(bins[(word >> 8) & 255u], 1u);
    atomicAdd(bins[(word >> 16) & 255u], 1u);
    atomicAdd(bins[word >> 24], 1u);
  }
}
