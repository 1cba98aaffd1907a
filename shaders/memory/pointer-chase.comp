#version 450
// Latency of dependent loads: one invocation follows a random cycle over the lines of a region.
//
// The address of every load is what the one before it gave, so that nothing can be fetched ahead. A dispatch goes on
// where the last one stopped: a line is met again only after all others, however few hops one dispatch makes.
//
// The address is the same for a whole subgroup in the scalar variant, and a compiler can see that: devices with a
// scalar unit load it there. In the vector variant it depends on the invocation, of which only the first goes on.
//
//   loops    iterations of 32 hops. At most 60000: llvmpipe silently ends an invocation's loops after 65535 iterations
//   next     at word k, the word that follows it in the cycle; words that begin no line are not met
//   at       the word where the walk is
//   turns    iterations that were made
//   groups   1
//   items    32 loops hops
//   verify   at[0] is where a walk of 32 loops hops on the CPU ends, for every dispatch,
//            and turns[0] grows by loops: the end alone does not tell how often a walk went round
// variant vector: LANE=gl_LocalInvocationID.x
// variant scalar: LANE=0u
layout(constant_id = 0) const uint WORKGROUP_SIZE = 32;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint loops; };
layout(binding = 0) restrict readonly buffer Next { uint next[]; };
layout(binding = 1) restrict buffer At { uint at[]; };
layout(binding = 2) restrict buffer Turns { uint turns[]; };

#define HOP x = next[x];
#define HOPS_4 HOP HOP HOP HOP
#define HOPS_16 HOPS_4 HOPS_4 HOPS_4 HOPS_4

void main() {
  if (gl_LocalInvocationID.x != 0u) return;
  uint x = at[LANE];
  uint i = 0u;
  for (; i < loops; i++) { HOPS_16 HOPS_16 }
  at[LANE] = x;
  turns[0] += i;
}
