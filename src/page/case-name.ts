// The id of a case as people read it: the benchmark first, the axes after it in small letters that may break at their commas.
// The text is the id itself, so that it can be copied to a command line.
import { type Content, element } from './markup.ts';

/** `copy` and `[n=16Mi,WORKGROUP_SIZE=256]`. */
export function caseName(id: string): Content {
  const at = id.indexOf('[');
  if (at <= 0) return element('span', { class: 'benchmark' }, id);
  const axes = id.slice(at).split(/(?<=,)/);
  return [
    element('span', { class: 'benchmark' }, id.slice(0, at)),
    element('wbr'),
    element(
      'span',
      { class: 'axes' },
      axes.map((axis) => [axis, element('wbr')]),
    ),
  ];
}
