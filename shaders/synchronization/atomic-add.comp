#version 450
// Rate of atomic additions, in device memory or in shared memory, where so and so many invocations share an address.
//
// What an addition finds is not asked for: devices have a faster way for that. The address depends on the invocation
// in a way that no compiler sees through, so that none joins the additions of a subgroup by itself; the subgroup variant
// does it by hand, one addition a subgroup. There the value grows by 1 with every addition: of one that stays the same the
// subgroup's sum could be computed once, before the loop.
//
//   loops    iterations of 8 additions
//   sharers  consecutive invocations that add to the same address, in the subgroup variant whole workgroups, in shared
//            memory a divisor of WORKGROUP_SIZE
//   values   what each invocation adds; in the subgroup variant first
//   sums     one for every `sharers` invocations
//   groups   invocations / WORKGROUP_SIZE
//   items    8 loops per invocation
//   verify   exactly: every dispatch adds 8 loops times the values of its sharers to a sum, in floats below 2^24; in the
//            subgroup variant also 0 + 1 + 2 ... for each of 8 loops additions of each sharer
// variant global-u32: T=uint
// variant global-f32: T=float FLOAT=1
// variant subgroup-u32: T=uint SUBGROUP=1
// variant shared-u32: T=uint SHARED=1
// variant shared-f32: T=float SHARED=1 FLOAT=1
#ifdef FLOAT
#extension GL_EXT_shader_atomic_float : require
#endif
#ifdef SUBGROUP
#extension GL_KHR_shader_subgroup_arithmetic : require
#endif
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint loops; uint sharers; };
layout(binding = 0) readonly buffer Values { T values[]; };
layout(binding = 1) buffer Sums { T sums[]; };

#ifdef SHARED
shared T own[WORKGROUP_SIZE];
#endif

#ifdef SUBGROUP
#define ADD { T all = subgroupAdd(value); value += 1u; if (subgroupElect()) atomicAdd(sums[at], all); }
#elif defined(SHARED)
#define ADD atomicAdd(own[at], value);
#else
#define ADD atomicAdd(sums[at], value);
#endif
#define ADD_4 ADD ADD ADD ADD

void main() {
  T value = values[gl_GlobalInvocationID.x];
#ifdef SHARED
  uint at = gl_LocalInvocationID.x / sharers;
  own[gl_LocalInvocationID.x] = T(0);
  barrier();
#else
  uint at = gl_GlobalInvocationID.x / sharers;
#endif
  for (uint i = 0u; i < loops; i++) { ADD_4 ADD_4 }
#ifdef SHARED
  barrier();
  if (gl_LocalInvocationID.x % sharers == 0u) sums[gl_GlobalInvocationID.x / sharers] += own[at];
#endif
}
