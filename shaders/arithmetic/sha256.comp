#version 450
// Rate of SHA-256 (FIPS 180-4), of one block or of the hash of a hash, as in mining: shifts, additions and Boolean
// functions on 32-bit words, all in registers.
//
// An invocation walks a chain: every hash is of a message of 55 bytes (one block with its padding) whose words 1 to 8
// are the digest before it, so that no part of a hash can be computed once for several. Rounds are written out, because
// a loop would index the 16 words of the schedule by a variable and push them out of the registers.
//
//   loops    hashes of a chain. At most 60000: llvmpipe silently ends an invocation's loops after 65535
//   PASSES   1: SHA-256 of the message. 2: SHA-256 of that digest
//   blocks   four padded messages of 16 words. Workgroup 0, 1 and 2 take one of their own, and hash it once; all others
//            walk chains from the last. The invocation's number is added to word 0: blocks are chosen such that the
//            first invocation of each of the first three hashes a message of known digest
//   groups   invocations / WORKGROUP_SIZE; 8 words of `digests` per invocation
//   items    loops hashes per invocation, 1 in the first three workgroups
//   verify   whole workgroups against the SHA-256 of Node's OpenSSL, and three published digests
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;
layout(constant_id = 1) const uint PASSES = 1;

layout(push_constant) uniform Push { uint loops; };
layout(binding = 0) readonly buffer Blocks { uint blocks[64]; };
layout(binding = 1) writeonly buffer Digests { uvec4 digests[]; };

const uint KNOWN = 3u;

uint rotate(uint x, int n) { return (x >> n) | (x << (32 - n)); }
uint largeSigma0(uint x) { return rotate(x, 2) ^ rotate(x, 13) ^ rotate(x, 22); }
uint largeSigma1(uint x) { return rotate(x, 6) ^ rotate(x, 11) ^ rotate(x, 25); }
uint smallSigma0(uint x) { return rotate(x, 7) ^ rotate(x, 18) ^ (x >> 3); }
uint smallSigma1(uint x) { return rotate(x, 17) ^ rotate(x, 19) ^ (x >> 10); }
uint choose(uint x, uint y, uint z) { return z ^ (x & (y ^ z)); }
uint majority(uint x, uint y, uint z) { return (x & y) | (z & (x | y)); }

// The eight working variables stay where they are, and change their roles from round to round.
#define ROUND(a, b, c, d, e, f, g, h, k, word) \
  h += largeSigma1(e) + choose(e, f, g) + k + word; \
  d += h; \
  h += largeSigma0(a) + majority(a, b, c);

#define EXTEND(word, next, ninth, fourteenth) word += smallSigma0(next) + ninth + smallSigma1(fourteenth);
#define SCHEDULE \
  EXTEND(w[0], w[1], w[9], w[14]) EXTEND(w[1], w[2], w[10], w[15]) \
  EXTEND(w[2], w[3], w[11], w[0]) EXTEND(w[3], w[4], w[12], w[1]) \
  EXTEND(w[4], w[5], w[13], w[2]) EXTEND(w[5], w[6], w[14], w[3]) \
  EXTEND(w[6], w[7], w[15], w[4]) EXTEND(w[7], w[8], w[0], w[5]) \
  EXTEND(w[8], w[9], w[1], w[6]) EXTEND(w[9], w[10], w[2], w[7]) \
  EXTEND(w[10], w[11], w[3], w[8]) EXTEND(w[11], w[12], w[4], w[9]) \
  EXTEND(w[12], w[13], w[5], w[10]) EXTEND(w[13], w[14], w[6], w[11]) \
  EXTEND(w[14], w[15], w[7], w[12]) EXTEND(w[15], w[0], w[8], w[13])

// The digest of a message of one block.
void sha256(uint w[16], out uvec4 first, out uvec4 second) {
  const uvec4 FIRST = uvec4(0x6A09E667u, 0xBB67AE85u, 0x3C6EF372u, 0xA54FF53Au);
  const uvec4 SECOND = uvec4(0x510E527Fu, 0x9B05688Cu, 0x1F83D9ABu, 0x5BE0CD19u);
  uint a = FIRST.x, b = FIRST.y, c = FIRST.z, d = FIRST.w;
  uint e = SECOND.x, f = SECOND.y, g = SECOND.z, h = SECOND.w;
  // Rounds 0 to 15.
  ROUND(a, b, c, d, e, f, g, h, 0x428A2F98u, w[0]) ROUND(h, a, b, c, d, e, f, g, 0x71374491u, w[1])
  ROUND(g, h, a, b, c, d, e, f, 0xB5C0FBCFu, w[2]) ROUND(f, g, h, a, b, c, d, e, 0xE9B5DBA5u, w[3])
  ROUND(e, f, g, h, a, b, c, d, 0x3956C25Bu, w[4]) ROUND(d, e, f, g, h, a, b, c, 0x59F111F1u, w[5])
  ROUND(c, d, e, f, g, h, a, b, 0x923F82A4u, w[6]) ROUND(b, c, d, e, f, g, h, a, 0xAB1C5ED5u, w[7])
  ROUND(a, b, c, d, e, f, g, h, 0xD807AA98u, w[8]) ROUND(h, a, b, c, d, e, f, g, 0x12835B01u, w[9])
  ROUND(g, h, a, b, c, d, e, f, 0x243185BEu, w[10]) ROUND(f, g, h, a, b, c, d, e, 0x550C7DC3u, w[11])
  ROUND(e, f, g, h, a, b, c, d, 0x72BE5D74u, w[12]) ROUND(d, e, f, g, h, a, b, c, 0x80DEB1FEu, w[13])
  ROUND(c, d, e, f, g, h, a, b, 0x9BDC06A7u, w[14]) ROUND(b, c, d, e, f, g, h, a, 0xC19BF174u, w[15])
  // Rounds 16 to 31.
  SCHEDULE
  ROUND(a, b, c, d, e, f, g, h, 0xE49B69C1u, w[0]) ROUND(h, a, b, c, d, e, f, g, 0xEFBE4786u, w[1])
  ROUND(g, h, a, b, c, d, e, f, 0x0FC19DC6u, w[2]) ROUND(f, g, h, a, b, c, d, e, 0x240CA1CCu, w[3])
  ROUND(e, f, g, h, a, b, c, d, 0x2DE92C6Fu, w[4]) ROUND(d, e, f, g, h, a, b, c, 0x4A7484AAu, w[5])
  ROUND(c, d, e, f, g, h, a, b, 0x5CB0A9DCu, w[6]) ROUND(b, c, d, e, f, g, h, a, 0x76F988DAu, w[7])
  ROUND(a, b, c, d, e, f, g, h, 0x983E5152u, w[8]) ROUND(h, a, b, c, d, e, f, g, 0xA831C66Du, w[9])
  ROUND(g, h, a, b, c, d, e, f, 0xB00327C8u, w[10]) ROUND(f, g, h, a, b, c, d, e, 0xBF597FC7u, w[11])
  ROUND(e, f, g, h, a, b, c, d, 0xC6E00BF3u, w[12]) ROUND(d, e, f, g, h, a, b, c, 0xD5A79147u, w[13])
  ROUND(c, d, e, f, g, h, a, b, 0x06CA6351u, w[14]) ROUND(b, c, d, e, f, g, h, a, 0x14292967u, w[15])
  // Rounds 32 to 47.
  SCHEDULE
  ROUND(a, b, c, d, e, f, g, h, 0x27B70A85u, w[0]) ROUND(h, a, b, c, d, e, f, g, 0x2E1B2138u, w[1])
  ROUND(g, h, a, b, c, d, e, f, 0x4D2C6DFCu, w[2]) ROUND(f, g, h, a, b, c, d, e, 0x53380D13u, w[3])
  ROUND(e, f, g, h, a, b, c, d, 0x650A7354u, w[4]) ROUND(d, e, f, g, h, a, b, c, 0x766A0ABBu, w[5])
  ROUND(c, d, e, f, g, h, a, b, 0x81C2C92Eu, w[6]) ROUND(b, c, d, e, f, g, h, a, 0x92722C85u, w[7])
  ROUND(a, b, c, d, e, f, g, h, 0xA2BFE8A1u, w[8]) ROUND(h, a, b, c, d, e, f, g, 0xA81A664Bu, w[9])
  ROUND(g, h, a, b, c, d, e, f, 0xC24B8B70u, w[10]) ROUND(f, g, h, a, b, c, d, e, 0xC76C51A3u, w[11])
  ROUND(e, f, g, h, a, b, c, d, 0xD192E819u, w[12]) ROUND(d, e, f, g, h, a, b, c, 0xD6990624u, w[13])
  ROUND(c, d, e, f, g, h, a, b, 0xF40E3585u, w[14]) ROUND(b, c, d, e, f, g, h, a, 0x106AA070u, w[15])
  // Rounds 48 to 63.
  SCHEDULE
  ROUND(a, b, c, d, e, f, g, h, 0x19A4C116u, w[0]) ROUND(h, a, b, c, d, e, f, g, 0x1E376C08u, w[1])
  ROUND(g, h, a, b, c, d, e, f, 0x2748774Cu, w[2]) ROUND(f, g, h, a, b, c, d, e, 0x34B0BCB5u, w[3])
  ROUND(e, f, g, h, a, b, c, d, 0x391C0CB3u, w[4]) ROUND(d, e, f, g, h, a, b, c, 0x4ED8AA4Au, w[5])
  ROUND(c, d, e, f, g, h, a, b, 0x5B9CCA4Fu, w[6]) ROUND(b, c, d, e, f, g, h, a, 0x682E6FF3u, w[7])
  ROUND(a, b, c, d, e, f, g, h, 0x748F82EEu, w[8]) ROUND(h, a, b, c, d, e, f, g, 0x78A5636Fu, w[9])
  ROUND(g, h, a, b, c, d, e, f, 0x84C87814u, w[10]) ROUND(f, g, h, a, b, c, d, e, 0x8CC70208u, w[11])
  ROUND(e, f, g, h, a, b, c, d, 0x90BEFFFAu, w[12]) ROUND(d, e, f, g, h, a, b, c, 0xA4506CEBu, w[13])
  ROUND(c, d, e, f, g, h, a, b, 0xBEF9A3F7u, w[14]) ROUND(b, c, d, e, f, g, h, a, 0xC67178F2u, w[15])
  first = FIRST + uvec4(a, b, c, d);
  second = SECOND + uvec4(e, f, g, h);
}

void main() {
  bool known = gl_WorkGroupID.x < KNOWN;
  uint at = 16u * min(gl_WorkGroupID.x, KNOWN);
  uint w[16] = uint[](
    blocks[at], blocks[at + 1u], blocks[at + 2u], blocks[at + 3u],
    blocks[at + 4u], blocks[at + 5u], blocks[at + 6u], blocks[at + 7u],
    blocks[at + 8u], blocks[at + 9u], blocks[at + 10u], blocks[at + 11u],
    blocks[at + 12u], blocks[at + 13u], blocks[at + 14u], blocks[at + 15u]);
  w[0] += gl_GlobalInvocationID.x;

  uint count = known ? 1u : loops;
  uvec4 first = uvec4(w[1], w[2], w[3], w[4]), second = uvec4(w[5], w[6], w[7], w[8]);
  for (uint i = 0u; i < count; i++) {
    w[1] = first.x; w[2] = first.y; w[3] = first.z; w[4] = first.w;
    w[5] = second.x; w[6] = second.y; w[7] = second.z; w[8] = second.w;
    sha256(w, first, second);
    if (PASSES > 1u) {
      uint digest[16] = uint[](first.x, first.y, first.z, first.w, second.x, second.y, second.z, second.w,
                               0x80000000u, 0u, 0u, 0u, 0u, 0u, 0u, 256u);
      sha256(digest, first, second);
    }
  }
  digests[2u * gl_GlobalInvocationID.x] = first;
  digests[2u * gl_GlobalInvocationID.x + 1u] = second;
}
