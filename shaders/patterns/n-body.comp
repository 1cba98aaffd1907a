#version 450
// Rate of gravity between all pairs of bodies, with tiles of bodies in shared memory: the accelerations
//
//   a[i] = sum over j of m[j] (x[j] - x[i]) / (|x[j] - x[i]|² + softening)^(3/2)
//
// A workgroup loads a tile of WORKGROUP_SIZE bodies, and every invocation adds the pull of all of them on its own bodies
// before the next is loaded, so that global memory is read n / (WORKGROUP_SIZE BODIES) times less often than a pair
// needs a body. The pull of a tile is summed by itself first: that keeps the rounding errors of a sum of n terms at
// those of WORKGROUP_SIZE + n / WORKGROUP_SIZE.
//
//   n          bodies, a multiple of WORKGROUP_SIZE * BODIES. Four pairs are one iteration of the inner loop: at most
//              230000, because llvmpipe silently ends an invocation's loops after 65535 iterations
//   softening  the square of the softening length, above 0: a body does not pull itself
//   BODIES     1, 2 or 4 bodies per invocation
//   groups     n / (WORKGROUP_SIZE * BODIES)
//   items      n² pairs
//   flops      20 n² (3 of the difference, 6 of the square, 4 of the inverse cube, 1 of the mass, 6 of the sum), as
//              GPU Gems 3, chapter 31, counts
//   bytes      32 n (each body read once, each acceleration written once; tiles are in caches)
//   verify     bodies of all parts of the array against a sum in double precision, and the momentum of all
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;
layout(constant_id = 1) const uint BODIES = 1;

layout(push_constant) uniform Push { uint n; float softening; };
layout(binding = 0) readonly buffer Bodies { vec4 bodies[]; };
layout(binding = 1) writeonly buffer Accelerations { vec4 accelerations[]; };

shared vec4 tile[WORKGROUP_SIZE];

void pull(inout vec3 sum, vec3 here, vec4 body, float eps) {
  vec3 d = body.xyz - here;
  float square = fma(d.x, d.x, fma(d.y, d.y, fma(d.z, d.z, eps)));
  float inverse = inversesqrt(square);
  float factor = body.w * inverse * inverse * inverse;
  sum = fma(vec3(factor), d, sum);
}

#define PULL(j) \
  { \
    vec4 body = tile[j]; \
    pull(s0, x0, body, eps); \
    if (BODIES > 1u) pull(s1, x1, body, eps); \
    if (BODIES > 2u) { pull(s2, x2, body, eps); pull(s3, x3, body, eps); } \
  }

void main() {
  uint lane = gl_LocalInvocationID.x;
  uint first = gl_WorkGroupID.x * WORKGROUP_SIZE * BODIES + lane;
  float eps = softening;
  vec3 x0 = bodies[first].xyz, x1 = x0, x2 = x0, x3 = x0;
  if (BODIES > 1u) x1 = bodies[first + WORKGROUP_SIZE].xyz;
  if (BODIES > 2u) { x2 = bodies[first + 2u * WORKGROUP_SIZE].xyz; x3 = bodies[first + 3u * WORKGROUP_SIZE].xyz; }
  vec3 a0 = vec3(0.0), a1 = a0, a2 = a0, a3 = a0;

  for (uint start = 0u; start < n; start += WORKGROUP_SIZE) {
    tile[lane] = bodies[start + lane];
    barrier();
    vec3 s0 = vec3(0.0), s1 = s0, s2 = s0, s3 = s0;
    for (uint j = 0u; j < WORKGROUP_SIZE; j += 4u) { PULL(j) PULL(j + 1u) PULL(j + 2u) PULL(j + 3u) }
    a0 += s0; a1 += s1; a2 += s2; a3 += s3;
    barrier();
  }

  accelerations[first] = vec4(a0, 0.0);
  if (BODIES > 1u) accelerations[first + WORKGROUP_SIZE] = vec4(a1, 0.0);
  if (BODIES > 2u) {
    accelerations[first + 2u * WORKGROUP_SIZE] = vec4(a2, 0.0);
    accelerations[first + 3u * WORKGROUP_SIZE] = vec4(a3, 0.0);
  }
}
