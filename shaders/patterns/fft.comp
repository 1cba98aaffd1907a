#version 450
#extension GL_EXT_control_flow_attributes : require
// Rate of complex to complex Fourier transforms (forward, float32, not scaled) of lines of 64 to 4096 points.
//
// A Stockham transform of radix 8, whose last stage has radix 2 or 4 where log2 of the length is no multiple
// of 3. An invocation holds eight points in registers in every stage; between two stages they change places
// in shared memory, the real parts before the imaginary ones, which halves the shared memory. Twiddle factors
// come from a table made in double precision: sin and cos of Vulkan are good to 2^-11 only.
//
// Lines are contiguous, or the columns or rows of a matrix, of which two dispatches make a longer transform
// (the four-step method): columns, times twiddle factors, then rows with a transposed output.
//
//   LOG2_POINTS      log2 of the points of a line, 6 to 12
//   LOG2_LINES       log2 of the lines of a transform
//   LOG2_LENGTH      log2 of the points of a whole transform, and of the table
//   LOG2_*_LINE      log2 of the distance between two lines of a transform, IN and OUT; LOG2_*_POINT of the
//                    distance between two points of a line
//   IN_ALONG_LINES   1 where neighbouring invocations read neighbouring lines, 0 where points; OUT as well
//   TWIDDLES         1 where point p of line l is multiplied by w^(p l) in the end
//   groups           lines / (8 * WORKGROUP_SIZE / points)
//   bytes            16 per point
//   flops            5 * points * log2(points) a line, as the field counts them
//   verify           against transforms in double precision, within a bound of the norm of the error
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(constant_id = 1) const uint LOG2_POINTS = 10;
layout(constant_id = 2) const uint LOG2_LINES = 0;
layout(constant_id = 3) const uint LOG2_LENGTH = 10;
layout(constant_id = 4) const uint LOG2_IN_LINE = 0;
layout(constant_id = 5) const uint LOG2_IN_POINT = 0;
layout(constant_id = 6) const uint LOG2_OUT_LINE = 0;
layout(constant_id = 7) const uint LOG2_OUT_POINT = 0;
layout(constant_id = 8) const uint IN_ALONG_LINES = 0;
layout(constant_id = 9) const uint OUT_ALONG_LINES = 0;
layout(constant_id = 10) const uint TWIDDLES = 0;
layout(local_size_x_id = 0) in;

layout(binding = 0) readonly buffer X { vec2 x[]; };
layout(binding = 1) readonly buffer Roots { vec2 roots[]; };
layout(binding = 2) writeonly buffer Y { vec2 y[]; };

const uint EACH = 8u;
const float HALF_ROOT = 0.70710678118654752;
// Invocations of a line, and lines of a workgroup.
const uint LOG2_SHARERS = LOG2_POINTS - 3u;
const uint SHARERS = 1u << LOG2_SHARERS;
const uint GROUP_LINES = WORKGROUP_SIZE / SHARERS;

// A word more after every 32, so that invocations eight points apart meet in no bank.
uint padded(uint i) { return i + (i >> 5); }

shared float exchanged[EACH * WORKGROUP_SIZE + EACH * WORKGROUP_SIZE / 32u];

vec2 times(vec2 a, vec2 b) { return vec2(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x); }
vec2 timesMinusI(vec2 a) { return vec2(a.y, -a.x); }

// exp(-2 pi i * numerator / 2^log2Denominator); the table has 2^LOG2_LENGTH roots of unity.
vec2 root(uint numerator, uint log2Denominator) {
  return roots[(numerator << (LOG2_LENGTH - log2Denominator)) & ((1u << LOG2_LENGTH) - 1u)];
}

void transform2(inout vec2 a, inout vec2 b) {
  vec2 sum = a + b;
  b = a - b;
  a = sum;
}

// Four points, in order.
void transform4(inout vec2 a, inout vec2 b, inout vec2 c, inout vec2 d) {
  transform2(a, c);
  transform2(b, d);
  d = timesMinusI(d);
  transform2(a, b);
  transform2(c, d);
  vec2 second = c;
  c = b;
  b = second;
}

void transform8(inout vec2 v[EACH]) {
  transform4(v[0], v[2], v[4], v[6]);
  transform4(v[1], v[3], v[5], v[7]);
  vec2 odd1 = HALF_ROOT * vec2(v[3].x + v[3].y, v[3].y - v[3].x);
  vec2 odd2 = timesMinusI(v[5]);
  vec2 odd3 = HALF_ROOT * vec2(v[7].y - v[7].x, -v[7].x - v[7].y);
  vec2 odd0 = v[1];
  vec2 even0 = v[0], even1 = v[2], even2 = v[4], even3 = v[6];
  v[0] = even0 + odd0;
  v[1] = even1 + odd1;
  v[2] = even2 + odd2;
  v[3] = even3 + odd3;
  v[4] = even0 - odd0;
  v[5] = even1 - odd1;
  v[6] = even2 - odd2;
  v[7] = even3 - odd3;
}

// Multiplies v[r] by w^r.
void twiddle8(inout vec2 v[EACH], vec2 w) {
  vec2 w2 = times(w, w);
  vec2 w3 = times(w2, w);
  vec2 w4 = times(w2, w2);
  v[1] = times(v[1], w);
  v[2] = times(v[2], w2);
  v[3] = times(v[3], w3);
  v[4] = times(v[4], w4);
  v[5] = times(v[5], times(w4, w));
  v[6] = times(v[6], times(w4, w2));
  v[7] = times(v[7], times(w4, w3));
}

// A stage of radix 8 behind others whose radices multiply to 2^done; v[r] is point t + r * SHARERS.
void stage8(inout vec2 v[EACH], uint t, uint done) {
  if (done > 0u) twiddle8(v, root(t & ((1u << done) - 1u), done + 3u));
  transform8(v);
}

// The last stage where two bits are left: the invocation has the points of two transforms.
void stage4(inout vec2 v[EACH], uint t) {
  [[unroll]] for (uint pair = 0u; pair < 2u; pair++) {
    vec2 w = root(t + pair * SHARERS, LOG2_POINTS);
    vec2 w2 = times(w, w);
    v[2u + pair] = times(v[2u + pair], w);
    v[4u + pair] = times(v[4u + pair], w2);
    v[6u + pair] = times(v[6u + pair], times(w2, w));
  }
  transform4(v[0], v[2], v[4], v[6]);
  transform4(v[1], v[3], v[5], v[7]);
}

// The last stage where one bit is left: those of four.
void stage2(inout vec2 v[EACH], uint t) {
  [[unroll]] for (uint quarter = 0u; quarter < 4u; quarter++)
    v[4u + quarter] = times(v[4u + quarter], root(t + quarter * SHARERS, LOG2_POINTS));
  transform2(v[0], v[4]);
  transform2(v[1], v[5]);
  transform2(v[2], v[6]);
  transform2(v[3], v[7]);
}

// Output r of a stage goes to place (t / 2^done) * 2^(done + 3) + t mod 2^done + r * 2^done of its line; the next stage,
// which may have other invocations at the line, takes point t + r * SHARERS.
void exchange(inout vec2 v[EACH], uint line, uint t, uint nextLine, uint nextT, uint done) {
  uint low = t & ((1u << done) - 1u);
  uint to = (line << LOG2_POINTS) + ((t - low) << 3) + low;
  uint from = (nextLine << LOG2_POINTS) + nextT;
  [[unroll]] for (uint r = 0u; r < EACH; r++) exchanged[padded(to + (r << done))] = v[r].x;
  barrier();
  [[unroll]] for (uint r = 0u; r < EACH; r++) v[r].x = exchanged[padded(from + (r << LOG2_SHARERS))];
  barrier();
  [[unroll]] for (uint r = 0u; r < EACH; r++) exchanged[padded(to + (r << done))] = v[r].y;
  barrier();
  [[unroll]] for (uint r = 0u; r < EACH; r++) v[r].y = exchanged[padded(from + (r << LOG2_SHARERS))];
  barrier();
}

uint startOf(uint line, uint log2Line) {
  uint transform = line >> LOG2_LINES;
  uint inTransform = line & ((1u << LOG2_LINES) - 1u);
  return (transform << LOG2_LENGTH) + (inTransform << log2Line);
}

void main() {
  uint lane = gl_LocalInvocationID.x;
  uint t = IN_ALONG_LINES > 0u ? lane / GROUP_LINES : lane & (SHARERS - 1u);
  uint line = IN_ALONG_LINES > 0u ? lane & (GROUP_LINES - 1u) : lane >> LOG2_SHARERS;
  uint outT = OUT_ALONG_LINES > 0u ? lane / GROUP_LINES : lane & (SHARERS - 1u);
  uint outLine = OUT_ALONG_LINES > 0u ? lane & (GROUP_LINES - 1u) : lane >> LOG2_SHARERS;

  uint first = gl_WorkGroupID.x * GROUP_LINES;
  uint start = startOf(first + line, LOG2_IN_LINE);
  vec2 v[EACH];
  [[unroll]] for (uint r = 0u; r < EACH; r++) v[r] = x[start + ((t + (r << LOG2_SHARERS)) << LOG2_IN_POINT)];

  stage8(v, t, 0u);
  exchange(v, line, t, outLine, outT, 0u);
  t = outT;
  line = outLine;
  if (LOG2_POINTS >= 6u) stage8(v, t, 3u);
  if (LOG2_POINTS > 6u) exchange(v, line, t, line, t, 3u);
  if (LOG2_POINTS >= 9u) stage8(v, t, 6u);
  if (LOG2_POINTS > 9u) exchange(v, line, t, line, t, 6u);
  if (LOG2_POINTS >= 12u) stage8(v, t, 9u);
  if (LOG2_POINTS % 3u == 2u) stage4(v, t);
  if (LOG2_POINTS % 3u == 1u) stage2(v, t);

  if (TWIDDLES > 0u) {
    uint inTransform = (first + line) & ((1u << LOG2_LINES) - 1u);
    vec2 w = root(inTransform * t, LOG2_LENGTH);
    [[unroll]] for (uint r = 0u; r < EACH; r++) v[r] = times(v[r], w);
    twiddle8(v, root(inTransform, LOG2_LENGTH - LOG2_SHARERS));
  }
  start = startOf(first + line, LOG2_OUT_LINE);
  [[unroll]] for (uint r = 0u; r < EACH; r++) y[start + ((t + (r << LOG2_SHARERS)) << LOG2_OUT_POINT)] = v[r];
}
