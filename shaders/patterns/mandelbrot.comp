#version 450
// Rate of pixels of the Mandelbrot set: neighbouring invocations leave the loop after different counts, and wait for
// each other where they share a subgroup. What divergence costs.
//
// `precise` forbids that a product and a sum become one fused operation: addition, subtraction and multiplication are
// then rounded correctly each, as Vulkan asks for, to the nearest number as every known device does, and the CPU finds
// the same count for every pixel.
//
//   width, height   pixels; both are covered by workgroups of WORKGROUP_X × WORKGROUP_Y
//   iterations      most steps of a pixel. At most 60000: llvmpipe silently ends an invocation's loops after 65535
//   view            left, bottom and the side of a pixel
//   groups          ceil(width / WORKGROUP_X) × ceil(height / WORKGROUP_Y)
//   items           width height pixels; 8 operations for each step of each
//   bytes           4 width height written
//   verify          counts[y width + x], the steps z = z² + c after which |z|² <= 4 still holds, exactly
layout(constant_id = 0) const uint WORKGROUP_X = 16;
layout(constant_id = 1) const uint WORKGROUP_Y = 16;
layout(local_size_x_id = 0, local_size_y_id = 1) in;

layout(push_constant) uniform Push { uint width; uint height; uint iterations; };
layout(binding = 0) readonly buffer View { float view[3]; };
layout(binding = 1) writeonly buffer Counts { uint counts[]; };

void main() {
  uvec2 pixel = gl_GlobalInvocationID.xy;
  if (pixel.x >= width || pixel.y >= height) return;
  precise float re = view[0] + float(pixel.x) * view[2];
  precise float im = view[1] + float(pixel.y) * view[2];
  precise float x = 0.0, y = 0.0, xx = 0.0, yy = 0.0, square = 0.0;
  uint most = iterations;
  uint count = 0u;
  while (count < most) {
    y = (x + x) * y + im;
    x = xx - yy + re;
    xx = x * x;
    yy = y * y;
    square = xx + yy;
    if (square > 4.0) break;
    count++;
  }
  counts[pixel.y * width + pixel.x] = count;
}
