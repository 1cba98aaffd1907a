#version 450
// Bandwidth of a stencil of seven points over a cube:
//
//   to[z][y][x] = centre from[z][y][x] + side (the 6 neighbours)
//
// and points on the border stay what they are. An invocation walks along z and keeps three values in registers, so that
// it loads five values a point, not seven, of which four are in caches.
//
//   size     points along each side, at least 3
//   DEPTH    points of an invocation, one behind the other
//   groups   ceil(size / WORKGROUP_X) × ceil(size / WORKGROUP_Y) × ceil(size / DEPTH)
//   bytes    8 size³ (each point read once and written once)
//   flops    8 for each inner point
//   items    size³ points
//   verify   every point up to 2^24, else rows spread evenly, exactly: values and weights are small integers
layout(constant_id = 0) const uint WORKGROUP_X = 64;
layout(constant_id = 1) const uint WORKGROUP_Y = 4;
layout(local_size_x_id = 0, local_size_y_id = 1) in;
layout(constant_id = 2) const uint DEPTH = 16;

layout(push_constant) uniform Push { uint size; float centre; float side; };
layout(binding = 0) restrict readonly buffer From { float from[]; };
layout(binding = 1) restrict writeonly buffer To { float to[]; };

void main() {
  uint x = gl_GlobalInvocationID.x, y = gl_GlobalInvocationID.y;
  uint first = gl_WorkGroupID.z * DEPTH;
  if (x >= size || y >= size) return;
  uint last = size - 1u, plane = size * size;
  bool innerColumn = x > 0u && y > 0u && x < last && y < last;
  // Outside of the cube a neighbour is the border's.
  uint centreRow = y * size, column = centreRow + x;
  uint left = centreRow + max(x, 1u) - 1u, right = centreRow + min(x + 1u, last);
  uint north = (max(y, 1u) - 1u) * size + x, south = min(y + 1u, last) * size + x;

  float before = from[(max(first, 1u) - 1u) * plane + column], here = from[first * plane + column];
  // The trip count is known when the pipeline is made, and nothing leaves the loop: all loads can be under way at once.
  for (uint step = 0u; step < DEPTH; step++) {
    uint z = first + step;
    uint at = min(z, last) * plane;
    float behind = from[min(z + 1u, last) * plane + column];
    float beside = from[at + left] + from[at + right] + from[at + north] + from[at + south];
    bool inner = innerColumn && z > 0u && z < last;
    if (z < size) to[at + column] = inner ? centre * here + side * (before + behind + beside) : here;
    before = here;
    here = behind;
  }
}
