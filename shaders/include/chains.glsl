// Independent recurrences x0 … x13 in registers, of which the first CHAINS (1, 2, 4, 8, 12 or 14) are there. Guarded
// straight-line code: a driver that knows the specialization constant folds the guards, while an array indexed by a loop
// variable would not surely live in registers.
//
// The includer defines T (scalar or vector), S (its scalar), WIDTH (components of T), SUM (the type of sums), the constant
// CHAINS, and `S start(uint k)`, the first value of component k, counted over all chains.
//
//   DECLARE_CHAINS    declares x0 … x13 and gives those that are there their first values
//   EACH(F)           F(x) for every chain in turn, so that independent operations stand side by side; EACH_8, EACH_16
//   SUM_CHAINS(sum)   adds the components of all chains to `sum`
#if WIDTH == 1
#define START(k) start(k)
#define SUM_OF(v) SUM(v)
#define FIRST_OF(v) SUM(v)
#elif WIDTH == 2
#define START(k) T(start(2u * k), start(2u * k + 1u))
#define SUM_OF(v) (SUM(v.x) + SUM(v.y))
#define FIRST_OF(v) SUM(v.x)
#else
#define START(k) T(start(4u * k), start(4u * k + 1u), start(4u * k + 2u), start(4u * k + 3u))
#define SUM_OF(v) (SUM(v.x) + SUM(v.y) + SUM(v.z) + SUM(v.w))
#define FIRST_OF(v) SUM(v.x)
#endif

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
#define EACH_8(F) EACH_4(F) EACH_4(F)
#define EACH_16(F) EACH_8(F) EACH_8(F)

#define SUM_CHAINS(sum) \
  sum += SUM_OF(x0); \
  if (CHAINS >= 2u) sum += SUM_OF(x1); \
  if (CHAINS >= 4u) sum += SUM_OF(x2) + SUM_OF(x3); \
  if (CHAINS >= 8u) sum += SUM_OF(x4) + SUM_OF(x5) + SUM_OF(x6) + SUM_OF(x7); \
  if (CHAINS >= 12u) sum += SUM_OF(x8) + SUM_OF(x9) + SUM_OF(x10) + SUM_OF(x11); \
  if (CHAINS >= 14u) sum += SUM_OF(x12) + SUM_OF(x13);
