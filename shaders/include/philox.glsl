// Philox4x32-10, a counter-based random number generator: four words of 32 bits from a counter of 128 bits and a key of
// 64, with no state between them. J. K. Salmon et al., Parallel random numbers: as easy as 1, 2, 3, SC'11.

void philoxRound(inout uvec4 x, uvec2 key) {
  uint high0, low0, high1, low1;
  umulExtended(0xD2511F53u, x.x, high0, low0);
  umulExtended(0xCD9E8D57u, x.z, high1, low1);
  x = uvec4(high1 ^ x.y ^ key.x, low1, high0 ^ x.w ^ key.y, low0);
}

uvec4 philox4x32(uvec4 counter, uvec2 key) {
  const uvec2 WEYL = uvec2(0x9E3779B9u, 0xBB67AE85u);
  uvec4 x = counter;
  philoxRound(x, key);
  philoxRound(x, key + WEYL);
  philoxRound(x, key + 2u * WEYL);
  philoxRound(x, key + 3u * WEYL);
  philoxRound(x, key + 4u * WEYL);
  philoxRound(x, key + 5u * WEYL);
  philoxRound(x, key + 6u * WEYL);
  philoxRound(x, key + 7u * WEYL);
  philoxRound(x, key + 8u * WEYL);
  philoxRound(x, key + 9u * WEYL);
  return x;
}
