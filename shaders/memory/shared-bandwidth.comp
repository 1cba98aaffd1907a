#version 450
// Bandwidth of shared memory: every invocation writes 32 bytes, waits for its workgroup, and reads its neighbour's.
//
// Two halves are used in turn, so that one barrier a round is enough: who writes a half again has passed the barrier
// behind which everybody had read it. Neighbours access neighbouring words: no bank is asked twice at once.
//
//   loops    iterations of two rounds. At most 60000: llvmpipe silently ends an invocation's loops after 65535 iterations
//   start    8 WORKGROUP_SIZE floats, integers from 0 to 1023; scalar j of invocation i is of element
//            (j / WIDTH) WORKGROUP_SIZE + i, component j mod WIDTH
//   groups   invocations / WORKGROUP_SIZE
//   bytes    128 loops per invocation, half of them written
//   verify   exactly: a round moves a scalar on by one invocation and adds 1, so after R = 2 loops rounds of workgroup g
//              result[i] = sum over j of (j + 1) (start_j((i + R) mod WORKGROUP_SIZE) + (g mod 1024) + R)
//            All terms and sums are integers below 2^24 while R is at most 120000. R is no
//            multiple of WORKGROUP_SIZE, or nothing would tell how far the values were moved.
// variant f32: T=float WIDTH=1
// variant f32-vec2: T=vec2 WIDTH=2
// variant f32-vec4: T=vec4 WIDTH=4
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint loops; };
layout(binding = 0) readonly buffer Start { T start[]; };
layout(binding = 1) writeonly buffer Result { float result[]; };

const uint SLOTS = 8u / WIDTH;
shared T own[2u * SLOTS * WORKGROUP_SIZE];

#if WIDTH == 1
#define EACH(STEP) STEP(0u, x0) STEP(1u, x1) STEP(2u, x2) STEP(3u, x3) STEP(4u, x4) STEP(5u, x5) STEP(6u, x6) STEP(7u, x7)
#define WEIGHTS(slot) float(slot + 1u)
#elif WIDTH == 2
#define EACH(STEP) STEP(0u, x0) STEP(1u, x1) STEP(2u, x2) STEP(3u, x3)
#define WEIGHTS(slot) vec2(2u * slot + 1u, 2u * slot + 2u)
#else
#define EACH(STEP) STEP(0u, x0) STEP(1u, x1)
#define WEIGHTS(slot) vec4(4u * slot + 1u, 4u * slot + 2u, 4u * slot + 3u, 4u * slot + 4u)
#endif

#define BEGIN(slot, v) T v = start[slot * WORKGROUP_SIZE + lane] + T(gl_WorkGroupID.x & 1023u);
#define WRITE_LOW(slot, v) own[slot * WORKGROUP_SIZE + lane] = v;
#define READ_LOW(slot, v) v = own[slot * WORKGROUP_SIZE + neighbour] + T(1.0);
#define WRITE_HIGH(slot, v) own[(SLOTS + slot) * WORKGROUP_SIZE + lane] = v;
#define READ_HIGH(slot, v) v = own[(SLOTS + slot) * WORKGROUP_SIZE + neighbour] + T(1.0);
#define ADD(slot, v) sum += dot(v, WEIGHTS(slot));

void main() {
  uint lane = gl_LocalInvocationID.x;
  uint neighbour = lane + 1u == WORKGROUP_SIZE ? 0u : lane + 1u;
  EACH(BEGIN)
  for (uint i = 0u; i < loops; i++) {
    EACH(WRITE_LOW)
    barrier();
    EACH(READ_LOW)
    EACH(WRITE_HIGH)
    barrier();
    EACH(READ_HIGH)
  }
  float sum = 0.0;
  EACH(ADD)
  result[gl_GlobalInvocationID.x] = sum;
}
