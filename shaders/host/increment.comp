#version 450
// The least work a dispatch can do and still be checked: for the latency of submitting and dispatching.
//
// The addition is not atomic on purpose: if two dispatches overlap for want of a barrier, the count
// comes out too small.
//
//   groups   [1, 1, 1]
//   verify   counter[0] grows by exactly 1 with every dispatch, modulo 2^32
layout(local_size_x = 1) in;

layout(binding = 0) buffer Counter { uint counter[]; };

void main() {
  counter[0] += 1u;
}
