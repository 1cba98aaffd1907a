#version 450
// First of the three dispatches of a pass of the radix sort: every workgroup counts the digits of its part
// of the keys.
//
//   n               keys
//   shift           bits below the digit of this pass, which has 8
//   part            keys of a workgroup, one after the other: group g has those from g * part
//   groups          columns of counts
//   bytes           4 n read
//   verify          by what the last pass writes
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint n; uint shift; uint part; };
layout(binding = 0) readonly buffer Keys { uint keys[]; };
layout(binding = 1) writeonly buffer Counts { uint counts[]; };

const uint DIGITS = 256u;
shared uint own[DIGITS];

void main() {
  uint lane = gl_LocalInvocationID.x;
  for (uint digit = lane; digit < DIGITS; digit += WORKGROUP_SIZE) own[digit] = 0u;
  barrier();

  uint start = gl_WorkGroupID.x * part;
  uint end = min(start + part, n);
  for (uint i = start + lane; i < end; i += WORKGROUP_SIZE) atomicAdd(own[(keys[i] >> shift) & 255u], 1u);
  barrier();

  // A row for each digit, so that the next dispatch scans along memory.
  for (uint digit = lane; digit < DIGITS; digit += WORKGROUP_SIZE)
    counts[digit * gl_NumWorkGroups.x + gl_WorkGroupID.x] = own[digit];
}
