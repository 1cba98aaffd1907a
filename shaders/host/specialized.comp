#version 450
// What a compiler is given to see how long it takes: straight-line code around a specialization constant, so that a new
// value of it is a kernel that no cache has seen. With many loops it keeps a queue at work for long.
//
// variant void: BODY=
// variant small: BODY=STEP_16
// variant large: BODY=STEP_128
//
// A step is a bijection of 32 bits whose shift keeps a compiler from folding two of them into one, and no value is a
// fixed point for every KEY: a lost step or loop shows.
//
//   KEY      any number
//   loops    at most 60000: llvmpipe silently ends an invocation's loops after 65535 iterations
//            (LP_MAX_TGSI_LOOP_ITERATIONS)
//   groups   invocations / 64; one element of `result` per invocation
//   verify   exactly: every dispatch adds to element i the value of invocation i, modulo 2^32: so a lost dispatch shows too
layout(constant_id = 0) const uint KEY = 1;
layout(local_size_x = 64) in;

layout(push_constant) uniform Push { uint loops; };
layout(binding = 0) buffer Result { uint result[]; };

#define STEP x = (x ^ (x >> 15)) * 1664525u + KEY;
#define STEP_4 STEP STEP STEP STEP
#define STEP_16 STEP_4 STEP_4 STEP_4 STEP_4
#define STEP_64 STEP_16 STEP_16 STEP_16 STEP_16
#define STEP_128 STEP_64 STEP_64

void main() {
  uint x = gl_GlobalInvocationID.x * 2654435761u + KEY;
  for (uint i = 0u; i < loops; i++) { BODY }
  result[gl_GlobalInvocationID.x] += x;
}
