#version 450
// Transposition of a matrix, y[column][row] = x[row][column], straight from memory to memory.
//
// Neighbouring invocations read neighbouring elements, and write elements that lie a column apart: a GPU then moves a
// whole sector for every 4 bytes, unless a cache collects them. What a transposition costs where nothing is done
// about it.
//
//   rows, columns   of x, from 1
//   groups   [ceil(columns / WORKGROUP_X), ceil(rows / WORKGROUP_Y), 1]
//   bytes    8 rows columns
//   verify   every element, bit for bit
layout(constant_id = 0) const uint WORKGROUP_X = 32;
layout(constant_id = 1) const uint WORKGROUP_Y = 8;
layout(local_size_x_id = 0, local_size_y_id = 1) in;

layout(push_constant) uniform Push { uint rows; uint columns; };
layout(binding = 0) readonly buffer X { uint x[]; };
layout(binding = 1) writeonly buffer Y { uint y[]; };

void main() {
  uint column = gl_GlobalInvocationID.x, row = gl_GlobalInvocationID.y;
  if (row < rows && column < columns) y[column * rows + row] = x[row * columns + column];
}
