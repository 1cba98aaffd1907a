#version 450
// Rate of a 256-bin histogram with atomics in shared memory, one private histogram per workgroup that
// is added to the result at the end. Beside histogram-global it shows what shared atomics are worth.
//
//   n        32-bit words in keys; each packs 4 keys of 8 bits
//   groups   any number up to ceil(n / WORKGROUP_SIZE) (grid-stride loop); few groups merge less
//   items    4 n keys
//   bytes    4 n read (the bins stay in caches)
//   verify   bins[k] grows by exactly the number of keys k with every dispatch; the kernel does not
//            clear them
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint n; };
layout(binding = 0) readonly buffer Keys { uint keys[]; };
layout(binding = 1) buffer Bins { uint bins[]; };

const uint BINS = 256u;
shared uint own[BINS];

void main() {
  uint lane = gl_LocalInvocationID.x;
  for (uint bin = lane; bin < BINS; bin += WORKGROUP_SIZE) own[bin] = 0u;
  barrier();

  uint stride = gl_NumWorkGroups.x * WORKGROUP_SIZE;
  for (uint i = gl_GlobalInvocationID.x; i < n; i += stride) {
    uint word = keys[i];
    atomicAdd(own[word & 255u], 1u);
    atomicAdd(own[(word >> 8) & 255u], 1u);
    atomicAdd(own[(word >> 16) & 255u], 1u);
    atomicAdd(own[word >> 24], 1u);
  }
  barrier();

  for (uint bin = lane; bin < BINS; bin += WORKGROUP_SIZE) atomicAdd(bins[bin], own[bin]);
}
