/*
 * A fixed amount of work: COUNT rounds of a dependent integer chain, nothing else. The same work takes the
 * same time without interference, so its corrected time in one scenario can be compared with another's.
 * No memory, no system call and no sleep between start and end: whatever is lost was taken.
 */
#include <stdint.h>
#include <stdlib.h>

int main(int argc, char **argv) {
  uint64_t count = argc > 1 ? strtoull(argv[1], 0, 10) : 0, x = 88172645463325252u;
  while (count-- > 0) x ^= x << 13, x ^= x >> 7, x ^= x << 17;
  return x == 0; /* never: but the compiler does not know */
}
