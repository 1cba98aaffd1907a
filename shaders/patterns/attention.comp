#version 450
#extension GL_EXT_control_flow_attributes : require
// Attention of several heads, O = softmax(Q K^T / sqrt(D)) V, without storing the scores (T. Dao et al., 2022).
//
// An invocation keeps QUERIES rows of Q and of O in registers. The workgroup passes over K and V in tiles of KEYS rows in
// shared memory; the scores of a tile are computed together, and the running sum and O are corrected once a tile where
// the running maximum grows. Q, K, V and O are heads x n x D, row-major.
//
//   n        a multiple of KEYS; n + n / KEYS at most 60000 (llvmpipe's loop limit)
//   heads    from 1
//   D        a multiple of 4; 2 QUERIES D registers an invocation
//   KEYS     rows of K and of V in a tile; 2 KEYS D floats of shared memory
//   groups   [ceil(n / (QUERIES WORKGROUP_SIZE)), heads, 1]
//   flops    4 heads n^2 D
//   bytes    16 heads n D, the compulsory traffic
//   verify   rows against double precision; the bound is derived in bench/patterns/attention.ts
layout(constant_id = 0) const uint WORKGROUP_SIZE = 64;
layout(local_size_x_id = 0) in;
layout(constant_id = 1) const uint D = 64;
layout(constant_id = 2) const uint QUERIES = 1;
const uint KEYS = 8u;

layout(push_constant) uniform Push { uint n; float scale; };
layout(binding = 0) readonly buffer Q { vec4 q[]; };
layout(binding = 1) readonly buffer K { vec4 k[]; };
layout(binding = 2) readonly buffer V { vec4 v[]; };
layout(binding = 3) writeonly buffer O { vec4 o[]; };

const uint QUADS = D / 4u;
const float LEAST = -1.0e30;
shared vec4 keys[KEYS * QUADS];
shared vec4 values[KEYS * QUADS];

vec4 query[QUERIES][QUADS];
vec4 weighted[QUERIES][QUADS];
float maximum[QUERIES];
float sum[QUERIES];

void loadTile(uint head, uint firstKey) {
  for (uint i = gl_LocalInvocationIndex; i < KEYS * QUADS; i += WORKGROUP_SIZE) {
    keys[i] = k[(head * n + firstKey) * QUADS + i];
    values[i] = v[(head * n + firstKey) * QUADS + i];
  }
}

// Scores of the tile become weights, and what was summed before is brought to the new maximum.
void weigh(uint own, inout float score[KEYS]) {
  float higher = maximum[own];
  [[unroll]] for (uint j = 0u; j < KEYS; j++) higher = max(higher, score[j]);
  float correction = exp(maximum[own] - higher);
  maximum[own] = higher;
  sum[own] *= correction;
  [[unroll]] for (uint c = 0u; c < QUADS; c++) weighted[own][c] *= correction;
  [[unroll]] for (uint j = 0u; j < KEYS; j++) {
    score[j] = exp(score[j] - higher);
    sum[own] += score[j];
  }
}

void useTile() {
  float score[QUERIES][KEYS];
  [[unroll]] for (uint j = 0u; j < KEYS; j++) {
    vec4 products[QUERIES];
    [[unroll]] for (uint own = 0u; own < QUERIES; own++) products[own] = vec4(0.0);
    [[unroll]] for (uint c = 0u; c < QUADS; c++) {
      vec4 key = keys[j * QUADS + c];
      [[unroll]] for (uint own = 0u; own < QUERIES; own++) products[own] = fma(query[own][c], key, products[own]);
    }
    [[unroll]] for (uint own = 0u; own < QUERIES; own++) {
      vec4 p = products[own];
      score[own][j] = ((p.x + p.y) + (p.z + p.w)) * scale;
    }
  }
  [[unroll]] for (uint own = 0u; own < QUERIES; own++) weigh(own, score[own]);
  [[unroll]] for (uint j = 0u; j < KEYS; j++)
    [[unroll]] for (uint c = 0u; c < QUADS; c++) {
      vec4 value = values[j * QUADS + c];
      [[unroll]] for (uint own = 0u; own < QUERIES; own++)
        weighted[own][c] = fma(vec4(score[own][j]), value, weighted[own][c]);
    }
}

void main() {
  uint head = gl_WorkGroupID.y;
  uint first = gl_WorkGroupID.x * WORKGROUP_SIZE * QUERIES + gl_LocalInvocationIndex;
  [[unroll]] for (uint own = 0u; own < QUERIES; own++) {
    uint row = min(first + own * WORKGROUP_SIZE, n - 1u);
    maximum[own] = LEAST;
    sum[own] = 0.0;
    [[unroll]] for (uint c = 0u; c < QUADS; c++) {
      query[own][c] = q[(head * n + row) * QUADS + c];
      weighted[own][c] = vec4(0.0);
    }
  }
  for (uint firstKey = 0u; firstKey < n; firstKey += KEYS) {
    loadTile(head, firstKey);
    barrier();
    useTile();
    barrier();
  }
  [[unroll]] for (uint own = 0u; own < QUERIES; own++) {
    uint row = first + own * WORKGROUP_SIZE;
    if (row < n)
      [[unroll]] for (uint c = 0u; c < QUADS; c++) o[(head * n + row) * QUADS + c] = weighted[own][c] / sum[own];
  }
}
