#version 450
// Rate of atomic compare-and-exchange, in device memory or in shared memory, where so and so many invocations share an
// address.
//
// The k-th attempt of an invocation is to replace k by k + 1. When it is made the address holds at least k, because
// the attempt before was made: so every value is replaced by the next one exactly once, whoever does it, and nobody has
// to try again. (A loop until one succeeds may take as many attempts as there are invocations, squared.)
//
//   loops    iterations of 8 attempts
//   sharers  consecutive invocations that share an address; in shared memory a divisor of WORKGROUP_SIZE
//   cells    one for every `sharers` invocations, 0 before the dispatch
//   wins     attempts of each invocation that succeeded
//   groups   invocations / WORKGROUP_SIZE
//   items    8 loops attempts per invocation
//   verify   exactly: every cell ends at 8 loops, and as many are the wins of those who share it
// variant global:
// variant shared: SHARED=1
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint loops; uint sharers; };
layout(binding = 0) buffer Cells { uint cells[]; };
layout(binding = 1) writeonly buffer Wins { uint wins[]; };

#ifdef SHARED
shared uint own[WORKGROUP_SIZE];
#define TRY(k) won += uint(atomicCompSwap(own[at], i + k, i + k + 1u) == i + k);
#else
#define TRY(k) won += uint(atomicCompSwap(cells[at], i + k, i + k + 1u) == i + k);
#endif

void main() {
#ifdef SHARED
  uint at = gl_LocalInvocationID.x / sharers;
  own[gl_LocalInvocationID.x] = 0u;
  barrier();
#else
  uint at = gl_GlobalInvocationID.x / sharers;
#endif
  uint won = 0u;
  for (uint i = 0u; i < 8u * loops; i += 8u) { TRY(0u) TRY(1u) TRY(2u) TRY(3u) TRY(4u) TRY(5u) TRY(6u) TRY(7u) }
  wins[gl_GlobalInvocationID.x] = won;
#ifdef SHARED
  barrier();
  if (gl_LocalInvocationID.x % sharers == 0u) cells[gl_GlobalInvocationID.x / sharers] = own[at];
#endif
}
