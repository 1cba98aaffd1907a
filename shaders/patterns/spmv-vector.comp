#version 450
// Rate of y = A x with a sparse matrix in compressed rows (CSR), several invocations for each row: neighbours
// read neighbouring entries and add up in shared memory.
//
//   rows     rows of the matrix, a multiple of WORKGROUP_SIZE / LANES
//   LANES    invocations for each row, a power of two that divides WORKGROUP_SIZE
//   groups   any number up to rows / (WORKGROUP_SIZE / LANES)
//   flops    2 for each entry
//   bytes    8 for each entry, 4 for each row start, and once each of x and y
//   verify   every y[row] against the row in double precision, within
//            gamma(ceil(entries of the row / LANES) + LANES) of the sum of the magnitudes
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(constant_id = 1) const uint LANES = 8;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint rows; };
layout(binding = 0) readonly buffer Starts { uint starts[]; };
layout(binding = 1) readonly buffer Columns { uint columns[]; };
layout(binding = 2) readonly buffer Entries { float entries[]; };
layout(binding = 3) readonly buffer X { float x[]; };
layout(binding = 4) writeonly buffer Y { float y[]; };

const uint GROUP_ROWS = WORKGROUP_SIZE / LANES;
// A word more after every 32, so that invocations LANES apart meet in fewer banks.
uint padded(uint i) { return i + (i >> 5); }

shared float partial[WORKGROUP_SIZE + WORKGROUP_SIZE / 32u];

void main() {
  uint lane = gl_LocalInvocationID.x;
  uint inRow = lane % LANES;
  for (uint first = gl_WorkGroupID.x * GROUP_ROWS; first < rows; first += gl_NumWorkGroups.x * GROUP_ROWS) {
    uint row = first + lane / LANES;
    uint end = starts[row + 1u];
    float sum = 0.0;
    for (uint i = starts[row] + inRow; i < end; i += LANES) sum += entries[i] * x[columns[i]];

    partial[padded(lane)] = sum;
    barrier();
    // The first invocations take a row each: one barrier, where a tree needs one for each level.
    if (lane < GROUP_ROWS) {
      float rowSum = 0.0;
      for (uint k = 0u; k < LANES; k++) rowSum += partial[padded(lane * LANES + k)];
      y[first + lane] = rowSum;
    }
    barrier();
  }
}
