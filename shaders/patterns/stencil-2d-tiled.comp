#version 450
// Bandwidth of a stencil over a square grid, neighbours from a tile in shared memory: beside stencil-2d it shows what
// shared memory is worth.
//
//   to[y][x] = centre from[y][x] + edge (the 4 neighbours beside it) + corner (the 4 across, if POINTS is 9)
//
// and points on the border stay what they are. A workgroup loads its tile and a frame of one point around it once.
//
//   size     points in a row and rows, at least 3
//   POINTS   5 or 9
//   ROWS     points of an invocation, one below the other: a tile is WORKGROUP_X × (WORKGROUP_Y ROWS)
//   groups   ceil(size / WORKGROUP_X) × ceil(size / (WORKGROUP_Y ROWS))
//   bytes    8 size² (each point read once and written once; frames are in caches)
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

const uint WIDTH = WORKGROUP_X + 2u;
const uint HEIGHT = WORKGROUP_Y * ROWS + 2u;
shared float tile[WIDTH * HEIGHT];

void load(uint column, uint row) {
  // The frame of a tile on the border repeats the border, where nothing reads it.
  uint x = min(max(gl_WorkGroupID.x * WORKGROUP_X + column, 1u) - 1u, size - 1u);
  uint y = min(max(gl_WorkGroupID.y * WORKGROUP_Y * ROWS + row, 1u) - 1u, size - 1u);
  tile[row * WIDTH + column] = from[y * size + x];
}

// The point itself, and the sum of those left and right of it.
vec2 rowAt(uint at) { return vec2(tile[at], tile[at - 1u] + tile[at + 1u]); }

void main() {
  uvec2 lane = gl_LocalInvocationID.xy;
  for (uint row = lane.y; row < HEIGHT; row += WORKGROUP_Y) {
    load(lane.x, row);
    if (lane.x < 2u) load(lane.x + WORKGROUP_X, row);
  }
  barrier();

  uint x = gl_GlobalInvocationID.x;
  uint first = gl_GlobalInvocationID.y * ROWS;
  if (x >= size) return;
  bool innerColumn = x > 0u && x < size - 1u;
  uint at = lane.y * ROWS * WIDTH + lane.x + 1u;
  vec2 above = rowAt(at), here = rowAt(at + WIDTH);
  for (uint row = 0u; row < ROWS; row++) {
    uint y = first + row;
    vec2 below = rowAt(at + (row + 2u) * WIDTH);
    float sum = centre * here.x + edge * (above.x + below.x + here.y);
    if (POINTS == 9u) sum += corner * (above.y + below.y);
    bool inner = innerColumn && y > 0u && y < size - 1u;
    if (y < size) to[y * size + x] = inner ? sum : here.x;
    above = here;
    here = below;
  }
}
