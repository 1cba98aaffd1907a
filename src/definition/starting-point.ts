// The shader that `guestmark init` writes: small enough to be read at once, and runs as it is. Its comments are the shortest
// introduction to axes, pragmas and verification that there is.

/**
 * A commented GLSL shader that computes saxpy and says what must come out.
 *
 * @param name Of the kernel and, with `.comp`, of its file: no control characters and no quotes.
 */
export function startingPoint(name: string): string {
  const file = /^\w[\w.-]*$/.test(name) ? `${name}.comp` : `'./${name}.comp'`;
  return `// ${name}: y = a * x + y. Run it, and see where every value comes from:
//   guestmark run ${file}
//   guestmark check ${file}
#version 450

// Axes are what you vary: each combination is a case. A specialization constant, push constant or uniform that is named
// like an axis receives its value. From the command line: --axis n=1Mi..64Mi*4
#pragma guestmark axis n = 64Ki, 1Mi
#pragma guestmark axis WORKGROUP_SIZE = 64, 256

// What is in the buffers before (i is the index of an element). Without these lines inputs are random.
#pragma guestmark fill x = i
#pragma guestmark fill y = 1
// The value of a push constant that is no axis.
#pragma guestmark set a = 2

// What one dispatch must leave in y; nothing is timed if it does not. Without this line y must be the same every time.
#pragma guestmark expect y = 2 * i + 1

// Operations of one dispatch, for FLOP/s. Bytes are known from the buffers: x is read, y is read and written.
#pragma guestmark flops 2 * n

layout(local_size_x_id = 0) in;
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;

layout(push_constant) uniform Push {
  uint n;
  float a;
};

// Arrays without a length have n elements.
layout(binding = 0) readonly buffer X { float x[]; };
layout(binding = 1) buffer Y { float y[]; };

// There are at least n invocations: as many workgroups as hold them.
void main() {
  uint i = gl_GlobalInvocationID.x;
  if (i < n) y[i] = a * x[i] + y[i];
}
`;
}
