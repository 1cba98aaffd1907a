#version 450
#extension GL_EXT_control_flow_attributes : require
// Transposition of a matrix, y[column][row] = x[row][column], by tiles of 32 x 32 in shared memory.
//
// A workgroup of 32 x 8 invocations reads rows of a tile and writes rows of its transposition, so that both sides are
// contiguous. Reading the tile by columns would hit one bank of shared memory 32 times: PADDING elements at the end of
// each row shift them apart.
//
//   rows, columns   of x, from 1
//   PADDING  1 avoids the conflicts of banks, 0 shows what they cost
//   groups   [ceil(columns / 32), ceil(rows / 32), 1]
//   bytes    8 rows columns
//   verify   every element, bit for bit
layout(local_size_x = 32, local_size_y = 8) in;
layout(constant_id = 0) const uint PADDING = 1;

layout(push_constant) uniform Push { uint rows; uint columns; };
layout(binding = 0) readonly buffer X { uint x[]; };
layout(binding = 1) writeonly buffer Y { uint y[]; };

const uint TILE = 32u;
const uint STRIDE = TILE + PADDING;
shared uint tile[TILE * STRIDE];

void main() {
  uint tx = gl_LocalInvocationID.x, ty = gl_LocalInvocationID.y;
  uint firstRow = gl_WorkGroupID.y * TILE, firstColumn = gl_WorkGroupID.x * TILE;
  [[unroll]] for (uint i = 0u; i < TILE; i += 8u) {
    uint row = firstRow + ty + i, column = firstColumn + tx;
    if (row < rows && column < columns) tile[(ty + i) * STRIDE + tx] = x[row * columns + column];
  }
  barrier();
  [[unroll]] for (uint i = 0u; i < TILE; i += 8u) {
    uint row = firstRow + tx, column = firstColumn + ty + i;
    if (row < rows && column < columns) y[column * rows + row] = tile[tx * STRIDE + ty + i];
  }
}
