// What the kernels that stream through arrays share: how invocations are laid over them, how many loads are in flight,
// and how 32 bytes are moved at once.
//
// A piece is what one load or store moves: WIDTH elements. Eight neighbouring invocations take UNROLL rows of eight
// pieces (a chunk). A row of 16-byte pieces is 128 bytes, a cache line of most GPUs, and the rows of a chunk are
// neighbours, which keeps a CPU's caches and its prefetchers close to one place. Chunks are dealt out over the whole
// grid, or every workgroup walks a region of its own.
//
//   VEC             type of a piece; u64vec4 for 32 bytes, since some compilers move an array element by element
//   LANES           type in which a piece is computed with: VEC, and vec4 twice for a u64vec4
//   WIDTH           elements in a piece
//   UNROLL          pieces that an invocation loads before it stores any: 1, 2, 4 or 8
//   ONCE            1: the grid has an invocation for every place, so that none needs a loop and its mask
//   CONTIGUOUS      0: chunks are dealt out over the grid; 1: every workgroup has a region of its own
#if WIDTH == 8
#extension GL_EXT_shader_explicit_arithmetic_types_int64 : require
#endif

#include "unroll.glsl"

layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;
layout(constant_id = 2) const uint CONTIGUOUS = 0;
layout(constant_id = 3) const uint ONCE = 0;

const uint ROW = 8u;

// Chunks that an invocation takes: from first, before end, in steps.
struct Walk { uint first, end, step; };

Walk walkOver(uint elements) {
  uint chunks = elements / (WIDTH * ROW * UNROLL);
  if (CONTIGUOUS == 0u)
    return Walk(gl_GlobalInvocationID.x / ROW, chunks, gl_NumWorkGroups.x * WORKGROUP_SIZE / ROW);
  uint region = (chunks + gl_NumWorkGroups.x - 1u) / gl_NumWorkGroups.x;
  uint begin = gl_WorkGroupID.x * region;
  return Walk(begin + gl_LocalInvocationID.x / ROW, min(begin + region, chunks), WORKGROUP_SIZE / ROW);
}

// The first piece of an invocation in a chunk; the next ones are ROW apart.
uint pieceOf(uint chunk) { return chunk * (ROW * UNROLL) + gl_LocalInvocationID.x % ROW; }

// Calls a function with the first piece of every chunk of an invocation.
#define FOR_EACH_CHUNK(elements, take) \
  Walk walk = walkOver(elements); \
  if (ONCE == 1u) { \
    take(pieceOf(walk.first)); \
  } else { \
    for (uint chunk = walk.first; chunk < walk.end; chunk += walk.step) take(pieceOf(chunk)); \
  }

// f for every element of one to three pieces.
#if WIDTH == 8
vec4 even(u64vec4 piece) { return uintBitsToFloat(uvec4(piece)); }
vec4 odd(u64vec4 piece) { return uintBitsToFloat(uvec4(piece >> 32)); }
u64vec4 interleaved(vec4 low, vec4 high) {
  return u64vec4(floatBitsToUint(low)) | (u64vec4(floatBitsToUint(high)) << 32);
}
#define MAP1(f, a) interleaved(f(even(a)), f(odd(a)))
#define MAP2(f, a, b) interleaved(f(even(a), even(b)), f(odd(a), odd(b)))
#define MAP3(f, a, b, c) interleaved(f(even(a), even(b), even(c)), f(odd(a), odd(b), odd(c)))
#else
#define MAP1(f, a) f(a)
#define MAP2(f, a, b) f(a, b)
#define MAP3(f, a, b, c) f(a, b, c)
#endif
