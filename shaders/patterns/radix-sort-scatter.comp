#version 450
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
// Last of the three dispatches of a pass of the radix sort: every workgroup sorts its part of the keys by
// their digit, tile by tile, and writes each key where the keys of all workgroups put it.
//
// variant keys: PAIRS=0
// variant pairs: PAIRS=1
//
// A tile is sorted in shared memory by the lower and then by the upper four bits of the digit: each
// invocation counts its eight keys in a column of its own, one scan over all columns ranks them (the digits
// d and d + 8 share a word of two halves), and equal digits lie together in the end, so that they are
// written together. Both sorts are stable, so the passes are.
//
//   n                keys
//   shift            bits below the digit of this pass, which has 8
//   part             keys of a workgroup, a multiple of 8 * WORKGROUP_SIZE
//   WORKGROUP_SIZE   a power of two, at most 1024
//   groups           those of radix-sort-count.comp
//   bytes            8 n (4 n read, 4 n written); with values 16 n
//   verify           by what the last pass writes: all keys in order, and of equal ones the values in order
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint n; uint shift; uint part; };
layout(binding = 0) readonly buffer Keys { uint keys[]; };
layout(binding = 1) readonly buffer Counts { uint counts[]; };
layout(binding = 2) readonly buffer Totals { uint totals[]; };
layout(binding = 3) writeonly buffer Sorted { uint sorted[]; };
#if PAIRS
layout(binding = 4) readonly buffer Values { uint values[]; };
layout(binding = 5) writeonly buffer SortedValues { uint sortedValues[]; };
#endif

#define SCANNED uint
#include "../include/workgroup-scan.glsl"

const uint DIGITS = 256u;
const uint EACH = 8u;
const uint TILE = EACH * WORKGROUP_SIZE;

// A word more after every 32, so that neighbours whose words lie 8 apart meet in no bank.
uint padded(uint i) { return i + (i >> 5); }

shared uint tile[TILE + TILE / 32u];
// Rows of 8 nibbles, columns of invocations.
shared uint columns[TILE + TILE / 32u];
shared uint offsets[DIGITS];
shared uint starts[DIGITS];

uint nibbleOf(uint key, uint bits) { return (key >> bits) & 15u; }
uint columnOf(uint nibble, uint lane) { return padded((nibble & 7u) * WORKGROUP_SIZE + lane); }

// Where each of the invocation's keys belongs in its tile by four of its bits.
void rank(uint lane, uint bits, uint key[EACH], out uint ranks[EACH]) {
  [[unroll]] for (uint k = 0u; k < EACH; k++) columns[padded(k * WORKGROUP_SIZE + lane)] = 0u;
  [[unroll]] for (uint k = 0u; k < EACH; k++) {
    uint nibble = nibbleOf(key[k], bits);
    uint column = columnOf(nibble, lane);
    uint shiftInWord = (nibble >> 3) * 16u;
    uint words = columns[column];
    ranks[k] = (words >> shiftInWord) & 0xffffu;
    columns[column] = words + (1u << shiftInWord);
  }
  barrier();

  uint sum = 0u;
  [[unroll]] for (uint k = 0u; k < EACH; k++) sum += columns[padded(lane * EACH + k)];
  uint total;
  uint before = workgroupExclusiveAdd(sum, total);
  // All keys of the lower half come before those of the upper one.
  before += total << 16;
  [[unroll]] for (uint k = 0u; k < EACH; k++) {
    uint at = padded(lane * EACH + k);
    uint words = columns[at];
    columns[at] = before;
    before += words;
  }
  barrier();

  [[unroll]] for (uint k = 0u; k < EACH; k++) {
    uint nibble = nibbleOf(key[k], bits);
    ranks[k] += (columns[columnOf(nibble, lane)] >> ((nibble >> 3) * 16u)) & 0xffffu;
  }
}

// Every invocation gives its eight words away and takes those that come to stand in its place.
void exchange(uint lane, uint ranks[EACH], inout uint words[EACH]) {
  [[unroll]] for (uint k = 0u; k < EACH; k++) tile[padded(ranks[k])] = words[k];
  barrier();
  [[unroll]] for (uint k = 0u; k < EACH; k++) words[k] = tile[padded(lane * EACH + k)];
  barrier();
}

// How many keys of all are smaller in this digit, or equal and in a part before this one.
void loadOffsets(uint lane) {
  uint before = 0u;
  for (uint first = 0u; first < DIGITS; first += WORKGROUP_SIZE) {
    uint digit = first + lane;
    uint count = 0u;
    if (digit < DIGITS) count = totals[digit];
    uint total;
    uint smaller = before + workgroupExclusiveAdd(count, total);
    if (digit < DIGITS) offsets[digit] = smaller + counts[digit * gl_NumWorkGroups.x + gl_WorkGroupID.x];
    before += total;
    barrier();
  }
}

void main() {
  uint lane = gl_LocalInvocationID.x;
  loadOffsets(lane);
  uint start = gl_WorkGroupID.x * part;
  uint end = min(start + part, n);
  for (uint base = start; base < end; base += TILE) {
    uint count = min(TILE, end - base);
    // What fills up the last tile is larger than every key or equal and behind it, so it stays at the end.
    [[unroll]] for (uint k = 0u; k < EACH; k++) {
      uint i = k * WORKGROUP_SIZE + lane;
      tile[padded(i)] = i < count ? keys[base + i] : 0xffffffffu;
    }
    barrier();
    uint key[EACH];
    [[unroll]] for (uint k = 0u; k < EACH; k++) key[k] = tile[padded(lane * EACH + k)];
    barrier();
    uint ranks[EACH];
#if PAIRS
    [[unroll]] for (uint k = 0u; k < EACH; k++) {
      uint i = k * WORKGROUP_SIZE + lane;
      if (i < count) tile[padded(i)] = values[base + i];
    }
    barrier();
    uint value[EACH];
    [[unroll]] for (uint k = 0u; k < EACH; k++) value[k] = tile[padded(lane * EACH + k)];
    barrier();
#endif
    rank(lane, shift, key, ranks);
    exchange(lane, ranks, key);
#if PAIRS
    exchange(lane, ranks, value);
#endif
    rank(lane, shift + 4u, key, ranks);
#if PAIRS
    [[unroll]] for (uint k = 0u; k < EACH; k++) tile[padded(ranks[k])] = value[k];
    barrier();
    [[unroll]] for (uint k = 0u; k < EACH; k++) value[k] = tile[padded(k * WORKGROUP_SIZE + lane)];
    barrier();
#endif
    [[unroll]] for (uint k = 0u; k < EACH; k++) tile[padded(ranks[k])] = key[k];
    barrier();

    [[unroll]] for (uint k = 0u; k < EACH; k++) {
      uint i = k * WORKGROUP_SIZE + lane;
      key[k] = tile[padded(i)];
      uint digit = (key[k] >> shift) & 255u;
      if (i == 0u || digit != ((tile[padded(i - 1u)] >> shift) & 255u)) starts[digit] = i;
    }
    barrier();
    [[unroll]] for (uint k = 0u; k < EACH; k++) {
      uint i = k * WORKGROUP_SIZE + lane;
      uint digit = (key[k] >> shift) & 255u;
      uint to = offsets[digit] + i - starts[digit];
      if (i < count) sorted[to] = key[k];
#if PAIRS
      if (i < count) sortedValues[to] = value[k];
#endif
    }
    barrier();
    [[unroll]] for (uint k = 0u; k < EACH; k++) {
      uint i = k * WORKGROUP_SIZE + lane;
      uint digit = (key[k] >> shift) & 255u;
      bool isLast = i == TILE - 1u || digit != ((tile[padded(min(i + 1u, TILE - 1u))] >> shift) & 255u);
      if (isLast) offsets[digit] += i + 1u - starts[digit];
    }
    barrier();
  }
}
