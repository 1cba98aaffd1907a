import { expect, it } from 'vitest';
import { imageBoxes } from '../../src/vulkan/image-boxes.ts';

it.each<[readonly [number, number, number], number]>([
  [[5, 6, 7], 1e6],
  [[5, 6, 7], 5 * 6 * 4 * 3],
  [[5, 6, 7], 5 * 4 * 4],
  [[5, 6, 7], 1],
  [[1, 1, 1], 4],
])('imageBoxes(%j) of at most %d bytes cover all texels in order, in whole rows', (extent, limit) => {
  const [width, height, depth] = extent;
  const boxes = imageBoxes(extent, 4, limit);
  let end = 0;
  for (const box of boxes) {
    expect(box.offset).toBe(end);
    expect(box.offset).toBe(4 * width * (box.y + height * box.z));
    expect(box.bytes).toBe(4 * width * box.height * box.depth);
    expect(box.bytes <= limit || (box.height === 1 && box.depth === 1)).toBe(true);
    expect(box.depth === 1 || box.height === height).toBe(true);
    end += box.bytes;
  }
  expect(end).toBe(4 * width * height * depth);
});
