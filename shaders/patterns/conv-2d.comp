#version 450
// Rate of a convolution of an image with a filter of 3 × 3, 5 × 5 or 7 × 7 weights, the image in tiles in shared memory
// and 4 × 4 results of an invocation in registers:
//
//   to[y][x] = sum over v, u of filters[v][u] from[y + v - r][x + u - r],   r = (FILTER - 1) / 2
//
// where the image is zero outside. A row of the tile, three vectors of four, is read once and serves all rows of
// results that it touches: 4 FILTER multiply-adds for every row of results and row of weights.
//
//   size     pixels in a row and rows, a multiple of 4
//   FILTER   3, 5 or 7
//   groups   ceil(size / (4 WORKGROUP_X)) × ceil(size / (4 WORKGROUP_Y))
//   bytes    8 size² (each pixel read once and written once; frames of tiles are in caches)
//   flops    2 FILTER² for each pixel
//   items    size² pixels
//   verify   pixels, exactly: image and weights are small integers; the whole image, or rows spread evenly with the
//            first and the last
layout(constant_id = 0) const uint WORKGROUP_X = 16;
layout(constant_id = 1) const uint WORKGROUP_Y = 8;
layout(local_size_x_id = 0, local_size_y_id = 1) in;
layout(constant_id = 2) const uint FILTER = 3;

layout(push_constant) uniform Push { uint size; };
layout(binding = 0) restrict readonly buffer From { vec4 from[]; };
// Row v of the weights is in elements 2 v and 2 v + 1.
layout(binding = 1) uniform Filters { vec4 filters[14]; };
layout(binding = 2) restrict writeonly buffer To { vec4 to[]; };

const uint RESULTS = 4u;
const uint RADIUS = (FILTER - 1u) / 2u;
// In vectors of four pixels, with one to the left and one to the right.
const uint WIDTH = WORKGROUP_X + 2u;
const uint HEIGHT = RESULTS * WORKGROUP_Y + FILTER - 1u;
shared vec4 tile[WIDTH * HEIGHT];

// Column and row are one and RADIUS more than in the image, so that they are never negative.
vec4 pixelsAt(uint column, uint row) {
  bool inside = column >= 1u && column <= size / 4u && row >= RADIUS && row < size + RADIUS;
  return inside ? from[(row - RADIUS) * (size / 4u) + column - 1u] : vec4(0.0);
}

// Adds one row of weights times the pixels from RADIUS left of the first result to RADIUS right of the fourth.
void filterRow(inout vec4 sum, vec4 a, vec4 b, vec4 c, uint v) {
  vec4 w = filters[2u * v], z = filters[2u * v + 1u];
  if (FILTER == 3u) {
    sum = fma(vec4(w.x), vec4(a.w, b.xyz), sum);
    sum = fma(vec4(w.y), b, sum);
    sum = fma(vec4(w.z), vec4(b.yzw, c.x), sum);
  }
  if (FILTER == 5u) {
    sum = fma(vec4(w.x), vec4(a.zw, b.xy), sum);
    sum = fma(vec4(w.y), vec4(a.w, b.xyz), sum);
    sum = fma(vec4(w.z), b, sum);
    sum = fma(vec4(w.w), vec4(b.yzw, c.x), sum);
    sum = fma(vec4(z.x), vec4(b.zw, c.xy), sum);
  }
  if (FILTER == 7u) {
    sum = fma(vec4(w.x), vec4(a.yzw, b.x), sum);
    sum = fma(vec4(w.y), vec4(a.zw, b.xy), sum);
    sum = fma(vec4(w.z), vec4(a.w, b.xyz), sum);
    sum = fma(vec4(w.w), b, sum);
    sum = fma(vec4(z.x), vec4(b.yzw, c.x), sum);
    sum = fma(vec4(z.y), vec4(b.zw, c.xy), sum);
    sum = fma(vec4(z.z), vec4(b.w, c.xyz), sum);
  }
}

// Written out and not a loop, so that the weights lie at constant places.
#define ROW(row) \
  if (row < FILTER + RESULTS - 1u) { \
    vec4 a = tile[at + row * WIDTH], b = tile[at + row * WIDTH + 1u], c = tile[at + row * WIDTH + 2u]; \
    if (row < FILTER) filterRow(s0, a, b, c, row); \
    if (row >= 1u && row < FILTER + 1u) filterRow(s1, a, b, c, row - 1u); \
    if (row >= 2u && row < FILTER + 2u) filterRow(s2, a, b, c, row - 2u); \
    if (row >= 3u) filterRow(s3, a, b, c, row - 3u); \
  }

void main() {
  uvec2 lane = gl_LocalInvocationID.xy;
  uvec2 corner = gl_WorkGroupID.xy * uvec2(WORKGROUP_X, RESULTS * WORKGROUP_Y);
  for (uint row = lane.y; row < HEIGHT; row += WORKGROUP_Y) {
    for (uint column = lane.x; column < WIDTH; column += WORKGROUP_X)
      tile[row * WIDTH + column] = pixelsAt(corner.x + column, corner.y + row);
  }
  barrier();

  uint at = lane.y * RESULTS * WIDTH + lane.x;
  vec4 s0 = vec4(0.0), s1 = s0, s2 = s0, s3 = s0;
  ROW(0u) ROW(1u) ROW(2u) ROW(3u) ROW(4u) ROW(5u) ROW(6u) ROW(7u) ROW(8u) ROW(9u)

  uint column = gl_GlobalInvocationID.x, y = gl_GlobalInvocationID.y * RESULTS;
  if (column >= size / 4u || y >= size) return;
  uint pixel = y * (size / 4u) + column;
  to[pixel] = s0;
  to[pixel + size / 4u] = s1;
  to[pixel + size / 2u] = s2;
  to[pixel + 3u * (size / 4u)] = s3;
}
