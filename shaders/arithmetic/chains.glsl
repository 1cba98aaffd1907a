// Independent recurrences x0 … x13 of a type T, of which CHAINS (1, 2, 4, 8, 12 or 14) are there: guarded straight-line
// code, which a driver folds when it knows the specialization constant. No array: it would not surely live in registers.
//
//   DECLARE_CHAINS    x0 … x13, each from its START (k)
//   LOOP(F)           16 times F(x) for every chain, the chains in turn, so that independent ones stand side by side
//   SUM_CHAINS(S)     the sum of S(x) over all chains
#define DECLARE_CHAINS \
  T x0 = START(0u), x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11, x12, x13; \
  if (CHAINS >= 2u) x1 = START(1u); \
  if (CHAINS >= 4u) { x2 = START(2u); x3 = START(3u); } \
  if (CHAINS >= 8u) { x4 = START(4u); x5 = START(5u); x6 = START(6u); x7 = START(7u); } \
  if (CHAINS >= 12u) { x8 = START(8u); x9 = START(9u); x10 = START(10u); x11 = START(11u); } \
  if (CHAINS >= 14u) { x12 = START(12u); x13 = START(13u); }

#define EACH(F) \
  F(x0) \
  if (CHAINS >= 2u) { F(x1) } \
  if (CHAINS >= 4u) { F(x2) F(x3) } \
  if (CHAINS >= 8u) { F(x4) F(x5) F(x6) F(x7) } \
  if (CHAINS >= 12u) { F(x8) F(x9) F(x10) F(x11) } \
  if (CHAINS >= 14u) { F(x12) F(x13) }
#define EACH_4(F) EACH(F) EACH(F) EACH(F) EACH(F)
#define EACH_16(F) EACH_4(F) EACH_4(F) EACH_4(F) EACH_4(F)

#define SUM_CHAINS(sum, S) \
  sum += S(x0); \
  if (CHAINS >= 2u) sum += S(x1); \
  if (CHAINS >= 4u) sum += S(x2) + S(x3); \
  if (CHAINS >= 8u) sum += S(x4) + S(x5) + S(x6) + S(x7); \
  if (CHAINS >= 12u) sum += S(x8) + S(x9) + S(x10) + S(x11); \
  if (CHAINS >= 14u) sum += S(x12) + S(x13);
