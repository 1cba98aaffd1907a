#version 450
// Rate of y = A x with a sparse matrix in compressed rows (CSR), one invocation for each row: neighbouring
// invocations read far apart, and wait for the longest of their rows.
//
//   rows     rows of the matrix
//   groups   any number up to ceil(rows / WORKGROUP_SIZE) (grid-stride loop)
//   flops    2 for each entry
//   bytes    8 for each entry, 4 for each row start, and once each of x and y
//   verify   every y[row] against the row in double precision, within gamma(entries of the row) of the sum of
//            the magnitudes
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint rows; };
layout(binding = 0) readonly buffer Starts { uint starts[]; };
layout(binding = 1) readonly buffer Columns { uint columns[]; };
layout(binding = 2) readonly buffer Entries { float entries[]; };
layout(binding = 3) readonly buffer X { float x[]; };
layout(binding = 4) writeonly buffer Y { float y[]; };

void main() {
  uint stride = gl_NumWorkGroups.x * WORKGROUP_SIZE;
  for (uint row = gl_GlobalInvocationID.x; row < rows; row += stride) {
    uint end = starts[row + 1u];
    float sum = 0.0;
    for (uint i = starts[row]; i < end; i++) sum += entries[i] * x[columns[i]];
    y[row] = sum;
  }
}
