// A piece of WIDTH words that was summed up, as one word.
#if WIDTH == 1
uint checksumOf(uint sum) { return sum; }
#elif WIDTH == 2
uint checksumOf(uvec2 sum) { return sum.x + sum.y; }
#elif WIDTH == 4
uint checksumOf(uvec4 sum) { return sum.x + sum.y + sum.z + sum.w; }
#else
uint checksumOf(u64vec4 sum) {
  uint64_t all = sum.x + sum.y + sum.z + sum.w;
  return uint(all) + uint(all >> 32);
}
#endif
