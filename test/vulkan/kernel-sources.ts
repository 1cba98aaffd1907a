// GLSL of the kernels that kernels.contract.ts runs. Each writes what the test can compute by itself.

export const UNIFORM: string = `
  layout(local_size_x = 64) in;
  layout(set = 0, binding = 0) uniform Params { vec4 scale; float offset; };
  layout(set = 0, binding = 1) buffer Y { float y[]; };
  void main() { uint i = gl_GlobalInvocationID.x; y[i] = scale.z * float(i) + offset; }`;

export const SETS: string = `
  layout(local_size_x = 64) in;
  layout(set = 0, binding = 3) readonly buffer A { uint a[]; };
  layout(set = 2, binding = 0) readonly buffer B { uint b[]; };
  layout(set = 2, binding = 1) buffer C { uint c[]; };
  void main() { uint i = gl_GlobalInvocationID.x; c[i] = a[i] + 10 * b[i]; }`;

export const IMAGE_2D: string = `
  layout(local_size_x = 8, local_size_y = 8) in;
  layout(set = 0, binding = 0, r32f) readonly uniform image2D source;
  layout(set = 1, binding = 0, rgba32f) writeonly uniform image2D target;
  void main() {
    ivec2 at = ivec2(gl_GlobalInvocationID.xy);
    if (all(lessThan(at, imageSize(source))))
      imageStore(target, at, vec4(imageLoad(source, at).x, at.x, at.y, 1));
  }`;

export const IMAGE_3D: string = `
  layout(local_size_x = 4, local_size_y = 4, local_size_z = 4) in;
  layout(set = 0, binding = 0, r32ui) uniform uimage3D volume;
  void main() {
    ivec3 at = ivec3(gl_GlobalInvocationID);
    if (all(lessThan(at, imageSize(volume))))
      imageStore(volume, at, imageLoad(volume, at) + uvec4(at.x + 100 * at.y + 10000 * at.z));
  }`;

export const TYPES: string = `
  #extension GL_EXT_shader_explicit_arithmetic_types : require
  layout(local_size_x = 1) in;
  layout(constant_id = 1) const bool B = false;
  layout(constant_id = 2) const int I = 1;
  layout(constant_id = 3) const uint U = 1;
  layout(constant_id = 4) const float F = 1;
  layout(constant_id = 5) const double D = 1;
  layout(constant_id = 6) const int64_t I64 = 1l;
  layout(constant_id = 7) const uint64_t U64 = 1ul;
  layout(constant_id = 8) const int16_t I16 = 1s;
  layout(constant_id = 9) const uint16_t U16 = 1us;
  layout(constant_id = 10) const int8_t I8 = int8_t(1);
  layout(constant_id = 11) const uint8_t U8 = uint8_t(1);
  layout(constant_id = 12) const float16_t F16 = 1.0hf;
  layout(binding = 0) buffer Y { double y[]; };
  void main() {
    y[0] = B ? 1 : 0; y[1] = I; y[2] = U; y[3] = F; y[4] = D; y[5] = double(I64); y[6] = double(U64);
    y[7] = double(I16); y[8] = double(U16); y[9] = double(I8); y[10] = double(U8); y[11] = double(F16);
  }`;

export const PUSHED: string = `
  #extension GL_EXT_shader_explicit_arithmetic_types : require
  layout(local_size_x = 1) in;
  layout(push_constant) uniform Push {
    double d; uint64_t u64; int64_t i64; vec3 v; float f; mat2 m; int i; float a[2];
    float16_t f16; int16_t i16; uint8_t u8; int8_t i8;
  };
  layout(binding = 0) buffer Y { double y[]; };
  void main() {
    y[0] = d; y[1] = double(u64); y[2] = double(i64); y[3] = v.x; y[4] = v.y; y[5] = v.z; y[6] = f;
    y[7] = m[0][0]; y[8] = m[0][1]; y[9] = m[1][0]; y[10] = m[1][1]; y[11] = i; y[12] = a[0]; y[13] = a[1];
    y[14] = double(f16); y[15] = double(i16); y[16] = double(u8); y[17] = double(i8);
  }`;

export const PAST_THE_END: string = `
  layout(local_size_x = 1) in;
  layout(push_constant) uniform Push { uint at; };
  layout(binding = 0) buffer Y { uint y[]; };
  void main() { y[at] = 7; }`;

export const LOCAL_SIZE_ID: string = `
  layout(local_size_x_id = 0) in;
  layout(constant_id = 0) const uint WORKGROUP_SIZE = 32;
  layout(binding = 0) buffer Y { uint y[]; };
  void main() { y[gl_GlobalInvocationID.x] = gl_WorkGroupSize.x; }`;

export const SUBGROUPS: string = `
  #extension GL_KHR_shader_subgroup_basic : require
  #extension GL_KHR_shader_subgroup_vote : require
  layout(local_size_x = 32) in;
  layout(binding = 0) buffer Y { uint y[]; };
  void main() { y[gl_GlobalInvocationID.x] = subgroupAll(gl_NumSubgroups > 0) ? gl_SubgroupSize : 0; }`;

/** 64 invocations that leave 64 in the first word, each with something that not every device has. */
export const COUNTERS: Readonly<Record<string, string>> = {
  'float atomics': `
    #extension GL_EXT_shader_atomic_float : require
    layout(local_size_x = 64) in;
    layout(binding = 0) buffer Y { uint y[]; };
    shared float sum;
    void main() {
      if (gl_LocalInvocationID.x == 0) sum = 0;
      barrier();
      atomicAdd(sum, 1.0);
      barrier();
      if (gl_LocalInvocationID.x == 0) y[0] = uint(sum);
    }`,
  '64-bit atomics': `
    #extension GL_EXT_shader_atomic_int64 : require
    #extension GL_EXT_shader_explicit_arithmetic_types : require
    layout(local_size_x = 64) in;
    layout(binding = 0) buffer Y { uint64_t y[]; };
    void main() { atomicAdd(y[0], 1ul); }`,
  'the Vulkan memory model': `
    #pragma use_vulkan_memory_model
    #extension GL_KHR_memory_scope_semantics : require
    layout(local_size_x = 64) in;
    layout(binding = 0) buffer Y { uint y[]; };
    void main() { atomicAdd(y[0], 1, gl_ScopeDevice, gl_StorageSemanticsBuffer, gl_SemanticsRelaxed); }`,
  '8-bit and 16-bit storage': `
    #extension GL_EXT_shader_8bit_storage : require
    #extension GL_EXT_shader_16bit_storage : require
    layout(local_size_x = 64) in;
    layout(binding = 0) buffer Y { uint16_t y[]; };
    layout(binding = 1) buffer Z { uint8_t z[]; };
    void main() { if (gl_LocalInvocationID.x == 0) y[0] = uint16_t(uint(z[0]) + 64); }`,
  'a device clock': `
    #extension GL_EXT_shader_realtime_clock : require
    layout(local_size_x = 64) in;
    layout(binding = 0) buffer Y { uint y[]; };
    void main() { atomicAdd(y[0], clockRealtime2x32EXT() == uvec2(0) ? 2 : 1); }`,
  'block layouts of scalars': `
    #extension GL_EXT_scalar_block_layout : require
    layout(local_size_x = 64) in;
    layout(binding = 0, scalar) buffer Y { uint y; uvec3 beside; };
    void main() { atomicAdd(y, 1 + beside.z); }`,
};

export const BUFFER_REFERENCE: string = `
  #extension GL_EXT_buffer_reference : require
  layout(buffer_reference) buffer Target { uint v; };
  layout(local_size_x = 1) in;
  layout(push_constant) uniform Push { Target target; };
  void main() { target.v = 1; }`;
