#version 450
// Bank conflicts of shared memory: neighbouring invocations read words that are `stride` apart.
//
// Memory of 32 banks of one word serves gcd(stride, 32) words of a bank one after the other. The 16 reads of an
// iteration are 17 words apart, so that no compiler can join them to wider ones; all invocations move on together,
// which leaves the conflicts as they are.
//
//   loops    iterations of 16 reads. At most 60000: llvmpipe silently ends an invocation's loops after 65535 iterations
//   stride   words between neighbours; a push constant, so that no compiler knows it
//   table    2304 words
//   groups   invocations / WORKGROUP_SIZE
//   bytes    64 loops per invocation
//   verify   exactly, modulo 2^32: the same sums on the CPU, result = 5 result + the 16 words, beginning with the number
//            of the invocation
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint loops; uint stride; };
layout(binding = 0) readonly buffer Table { uint table[]; };
layout(binding = 1) writeonly buffer Result { uint result[]; };

const uint MASK = 2047u, WORDS = 2304u;
shared uint own[WORDS];

#define READ(k) own[at + (k) * 17u]
#define READ_4(k) READ(k) + READ(k + 1u) + READ(k + 2u) + READ(k + 3u)

void main() {
  uint lane = gl_LocalInvocationID.x;
  for (uint i = lane; i < WORDS; i += WORKGROUP_SIZE) own[i] = table[i];
  barrier();
  uint at = (lane * stride) & MASK;
  uint sum = gl_GlobalInvocationID.x;
  for (uint i = 0u; i < loops; i++) {
    sum = 5u * sum + READ_4(0u) + READ_4(4u) + READ_4(8u) + READ_4(12u);
    at = (at + 5u) & MASK;
  }
  result[gl_GlobalInvocationID.x] = sum;
}
