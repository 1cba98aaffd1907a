#version 450
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_shader_explicit_arithmetic_types : require
// Rate of one arithmetic operation, and with a single chain of a single invocation its latency.
//
// variant add-f32: T=float P=float OP=ADD
// variant mul-f32: T=float P=float OP=MUL
// variant fma-f32: T=float P=float OP=FMA
// variant div-f32: T=float P=float OP=DIV RESTARTS=1
// variant rcp-f32: T=float P=float OP=RCP RESTARTS=1
// variant sqrt-f32: T=float P=float OP=SQRT RESTARTS=1
// variant rsqrt-f32: T=float P=float OP=RSQRT RESTARTS=1
// variant exp2-f32: T=float P=float OP=EXP2 RESTARTS=1
// variant log2-f32: T=float P=float OP=LOG2 RESTARTS=1
// variant sin-f32: T=float P=float OP=SIN RESTARTS=1
// variant pow-f32: T=float P=float OP=POW RESTARTS=1
// variant add-f64: T=double P=float OP=ADD
// variant mul-f64: T=double P=float OP=MUL
// variant fma-f64: T=double P=float OP=FMA
// variant div-f64: T=double P=float OP=DIV RESTARTS=1
// variant sqrt-f64: T=double P=float OP=SQRT RESTARTS=1
// variant mad-i32: T=int P=int INTEGER=1 OP=MAD
// variant mul-i32: T=int P=int INTEGER=1 OP=SQUARE RESTARTS=1
// variant div-i32: T=int P=int INTEGER=1 OP=DIV RESTARTS=1
// variant rem-i32: T=int P=int INTEGER=1 OP=REM RESTARTS=1
// variant mul-i64: T=int64_t P=int INTEGER=1 OP=SQUARE RESTARTS=1 WIDE=1
// variant div-i64: T=int64_t P=int INTEGER=1 OP=DIV RESTARTS=1 WIDE=1
//
// CHAINS independent recurrences x = op(x), 8 steps with the parameter a and 8 with b in every loop. Every step needs the
// one before, so that none can be left out. None may be folded with the next: they are `precise`, because Mesa otherwise
// makes x of 1 / (1 / x), and a factor stands between two powers. (A sum of integers can always be folded, so that their
// addition is not here.)
//
// Additions and multiplications lead back to where the loop began (b undoes a), exactly. The others would converge or run
// away, so that every loop begins anew with x = zero x + first, which still needs the last x: one multiply-add for 16
// operations. The steps that need more than x:
//
//   FMA x = c x + a      MAD x = c x + a      DIV x = a / x     EXP2 x = 2^-x     POW x = c x^a
//   LOG2 x = log2(x) + c     REM x = a mod (x + c)     SQUARE x = x x
//
// In 64-bit integers a and b are squared first, so that they have more than 32 bits.
//
//   loops    iterations of 16 operations per chain, at most 60000 (see fma.comp)
//   groups   invocations / WORKGROUP_SIZE; one element of `result` per invocation
//   ops      16 loops CHAINS per invocation
//   verify   the values of all chains after the last loop, plus those of chain 0 after every 8 steps, within the bounds of
//            bench/parts/arithmetic-op.ts. Chain k of invocation i begins at scale (1 + (place + 1) / 32), where place is
//            (i + 5 k) mod 16, and integers at 2 place + 3; restarted chains at that of chain 0.
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(constant_id = 1) const uint CHAINS = 8;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint loops; P a; P b; P c; P zero; P scale; };

#define ADD 1
#define MUL 2
#define FMA 3
#define DIV 4
#define RCP 5
#define SQRT 6
#define RSQRT 7
#define EXP2 8
#define LOG2 9
#define SIN 10
#define POW 11
#define MAD 12
#define REM 13
#define SQUARE 14

#define S T
#define SUM T
#define WIDTH 1
#ifdef WIDE
layout(binding = 0) writeonly buffer Result { int result[]; };
#define WRITTEN(sum) (int(sum) ^ int(sum >> 32))
#define PARAMETER(p) (T(p) * T(p))
#else
layout(binding = 0) writeonly buffer Result { T result[]; };
#define WRITTEN(sum) sum
#define PARAMETER(p) T(p)
#endif

#define EXACTLY(v, step) { precise T result_of_step = step; v = result_of_step; }
#if OP == ADD
#define STEP(v, p) EXACTLY(v, v + p)
#elif OP == MUL
#define STEP(v, p) EXACTLY(v, v * p)
#elif OP == FMA
#define STEP(v, p) v = fma(vc, v, p);
#elif OP == DIV
#define STEP(v, p) EXACTLY(v, p / v)
#elif OP == RCP
#define STEP(v, p) EXACTLY(v, 1.0 / v)
#elif OP == SQRT
#define STEP(v, p) v = sqrt(v);
#elif OP == RSQRT
#define STEP(v, p) v = inversesqrt(v);
#elif OP == EXP2
#define STEP(v, p) v = exp2(-v);
#elif OP == LOG2
#define STEP(v, p) v = log2(v) + vc;
#elif OP == SIN
#define STEP(v, p) v = sin(v);
#elif OP == POW
#define STEP(v, p) v = pow(v, p) * vc;
#elif OP == MAD
#define STEP(v, p) v = vc * v + p;
#elif OP == REM
#define STEP(v, p) v = p % (v + vc);
#elif OP == SQUARE
#define STEP(v, p) v = v * v;
#endif

T start(uint k) {
  uint place = (gl_GlobalInvocationID.x + 5u * k) & 15u;
#ifdef INTEGER
  return T(int(2u * place + 3u));
#else
  return T(scale) * (T(1) + T(int(place + 1u)) / T(32));
#endif
}

#include "../include/chains.glsl"

#ifdef RESTARTS
#define RESTART(v) v = v * vzero + first;
#else
#define RESTART(v)
#endif
#define FORTH(v) STEP(v, va)
#define BACK(v) STEP(v, vb)

void main() {
  T va = PARAMETER(a), vb = PARAMETER(b), vc = T(c), vzero = T(zero), first = start(0u);
  T sum = T(0);
  DECLARE_CHAINS
  for (uint i = 0u; i < loops; i++) {
    EACH(RESTART)
    EACH_8(FORTH)
    sum += x0;
    EACH_8(BACK)
    sum += x0;
  }
  SUM_CHAINS(sum)
  result[gl_GlobalInvocationID.x] = WRITTEN(sum);
}
