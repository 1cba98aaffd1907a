#version 450
// Rate of one step of a breadth-first search: every vertex of the frontier looks at its neighbours, and those
// seen for the first time make the next frontier.
//
// A bit for each vertex says whether it was seen. The atomic that sets the bit also tells which invocation was
// first, so that no vertex is listed twice; another atomic gives it a place in the list.
//
//   length   vertices in frontier
//   groups   any number up to ceil(length / WORKGROUP_SIZE) (grid-stride loop)
//   items    edges of the frontier's vertices
//   verify   seen equals that of a search on the CPU, bit for bit, and the list is the set of the new vertices
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint length; };
layout(binding = 0) readonly buffer Starts { uint starts[]; };
layout(binding = 1) readonly buffer Neighbours { uint neighbours[]; };
layout(binding = 2) readonly buffer Frontier { uint frontier[]; };
layout(binding = 3) buffer Seen { uint seen[]; };
layout(binding = 4) buffer Count { uint count[]; };
layout(binding = 5) writeonly buffer Next { uint next[]; };

void main() {
  uint stride = gl_NumWorkGroups.x * WORKGROUP_SIZE;
  for (uint i = gl_GlobalInvocationID.x; i < length; i += stride) {
    uint vertex = frontier[i];
    uint end = starts[vertex + 1u];
    for (uint edge = starts[vertex]; edge < end; edge++) {
      uint neighbour = neighbours[edge];
      uint bit = 1u << (neighbour & 31u);
      uint before = atomicOr(seen[neighbour >> 5], bit);
      if ((before & bit) == 0u) next[atomicAdd(count[0], 1u)] = neighbour;
    }
  }
}
