#version 450
// Latency of shared memory: one invocation follows a random cycle over the words of a table there.
//
// The workgroup brings the table from a buffer first; then only its first invocation goes on.
//
//   loops    iterations of 32 hops. At most 60000: llvmpipe silently ends an invocation's loops after 65535 iterations
//   next     WORDS words: at each, the one that follows it in the cycle
//   at       the word where the walk is
//   turns    iterations that were made
//   groups   1
//   items    32 loops hops
//   verify   at[0] is where a walk of 32 loops hops on the CPU ends, for every dispatch,
//            and turns[0] grows by loops: the end alone does not tell how often a walk went round
layout(constant_id = 0) const uint WORKGROUP_SIZE = 64;
layout(local_size_x_id = 0) in;
layout(constant_id = 1) const uint WORDS = 1024;

layout(push_constant) uniform Push { uint loops; };
layout(binding = 0) readonly buffer Next { uint next[]; };
layout(binding = 1) buffer At { uint at[]; };
layout(binding = 2) buffer Turns { uint turns[]; };

shared uint own[WORDS];

#define HOP x = own[x];
#define HOPS_4 HOP HOP HOP HOP
#define HOPS_16 HOPS_4 HOPS_4 HOPS_4 HOPS_4

void main() {
  uint lane = gl_LocalInvocationID.x;
  for (uint i = lane; i < WORDS; i += WORKGROUP_SIZE) own[i] = next[i];
  barrier();
  if (lane != 0u) return;
  uint x = at[0];
  uint i = 0u;
  for (; i < loops; i++) { HOPS_16 HOPS_16 }
  at[0] = x;
  turns[0] += i;
}
