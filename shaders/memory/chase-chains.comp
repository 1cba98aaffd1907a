#version 450
// Dependent loads of several independent walks: how many loads the memory system has in flight.
//
// Each invocation of one workgroup follows CHAINS walks over the same random cycle. The hops of a walk depend
// on each other, those of different walks do not.
//
//   loops    iterations of 8 hops of every walk
//   next     at word k, the word that follows it in the cycle
//   turns    iterations that each invocation made
//   at       the word where every walk is; walk c of invocation i has element c * WORKGROUP_SIZE + i
//   groups   1
//   items    8 loops CHAINS WORKGROUP_SIZE hops
//   verify   every at is where a walk of 8 loops hops on the CPU ends, for every dispatch,
//            and every turns grows by loops: the end alone does not tell how often a walk went round
layout(constant_id = 0) const uint WORKGROUP_SIZE = 32;
layout(local_size_x_id = 0) in;
layout(constant_id = 1) const uint CHAINS = 4;

layout(push_constant) uniform Push { uint loops; };
layout(binding = 0) restrict readonly buffer Next { uint next[]; };
layout(binding = 1) restrict buffer At { uint at[]; };
layout(binding = 2) restrict buffer Turns { uint turns[]; };

#define WALK(c) at[c * WORKGROUP_SIZE + gl_LocalInvocationID.x]
#define BEGIN(c, x) uint x = 0u; if (CHAINS > c) x = WALK(c);
#define HOP(c, x) if (CHAINS > c) x = next[x];
#define END(c, x) if (CHAINS > c) WALK(c) = x;
#define EACH(STEP) \
  STEP(0u, x0) STEP(1u, x1) STEP(2u, x2) STEP(3u, x3) STEP(4u, x4) STEP(5u, x5) STEP(6u, x6) STEP(7u, x7)
#define HOPS_4 EACH(HOP) EACH(HOP) EACH(HOP) EACH(HOP)

void main() {
  EACH(BEGIN)
  uint i = 0u;
  for (; i < loops; i++) { HOPS_4 HOPS_4 }
  EACH(END)
  turns[gl_LocalInvocationID.x] += i;
}
