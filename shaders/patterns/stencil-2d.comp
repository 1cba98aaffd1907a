#version 450
// Bandwidth of a stencil over a square grid, neighbours from global memory and its caches: beside stencil-2d-tiled it
// shows what shared memory is worth.
//
//   to[y][x] = centre from[y][x] + edge (the 4 neighbours beside it) + corner (the 4 across, if POINTS is 9)
//
// and points on the border stay what they are. An invocation walks down ROWS points of a column and keeps three rows of
// sums in registers, so that it loads three values a point, not five or nine.
//
//   size     points in a row and rows, at least 3
//   POINTS   5 or 9
//   ROWS     points of an invocation, one below the other
//   groups   ceil(size / WORKGROUP_X) × ceil(size / (WORKGROUP_Y ROWS))
//   bytes    8 size² (each point read once and written once)
//   flops    6 (POINTS 5) or 11 (POINTS 9) for each inner point
//   items    size² points
//   verify   every point up to 2^24, else rows spread evenly, exactly: values and weights are small integers
layout(constant_id = 0) const uint WORKGROUP_X = 64;
layout(constant_id = 1) const uint WORKGROUP_Y = 4;
layout(local_size_x_id = 0, local_size_y_id = 1) in;
layout(constant_id = 2) const uint POINTS = 5;
layout(constant_id = 3) const uint ROWS = 4;

layout(push_constant) uniform Push { uint size; float centre; float edge; float corner; };
layout(binding = 0) restrict readonly buffer From { float from[]; };
layout(binding = 1) restrict writeonly buffer To { float to[]; };

// The point itself, and the sum of those left and right of it. Outside of the grid it is the border's.
vec2 rowAt(uint x, uint y) {
  uint row = min(y, size - 1u) * size;
  return vec2(from[row + x], from[row + max(x, 1u) - 1u] + from[row + min(x + 1u, size - 1u)]);
}

void main() {
  uint x = gl_GlobalInvocationID.x;
  uint first = gl_GlobalInvocationID.y * ROWS;
  if (x >= size) return;
  bool innerColumn = x > 0u && x < size - 1u;

  vec2 above = rowAt(x, max(first, 1u) - 1u), here = rowAt(x, first);
  // The trip count is known when the pipeline is made, and nothing leaves the loop: all loads can be under way at once.
  for (uint row = 0u; row < ROWS; row++) {
    uint y = first + row;
    vec2 below = rowAt(x, y + 1u);
    float sum = centre * here.x + edge * (above.x + below.x + here.y);
    if (POINTS == 9u) sum += corner * (above.y + below.y);
    bool inner = innerColumn && y > 0u && y < size - 1u;
    if (y < size) to[y * size + x] = inner ? sum : here.x;
    above = here;
    here = below;
  }
}
