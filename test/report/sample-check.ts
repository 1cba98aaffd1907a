// A checked definition for tests of the table and of the schema: that of the sample shader, with everything that a
// definition can have.
import { available } from '../../src/base/availability.ts';
import { describeDefinition } from '../../src/definition/describe-definition.ts';
import type { Expandable } from '../../src/definition/expand-definition.ts';
import { planDefinition } from '../../src/definition/plan-definition.ts';
import { type CheckReport, checkDocument } from '../../src/report/check-report.ts';
import {
  floats,
  leastDevice,
  SAMPLE_STATEMENTS,
  said,
  sampleExpandable,
} from '../definition/sample-definition.ts';

/** The sample with a header, a uniform block and an image, which are there in one shader in a thousand. */
export function variedExpandable(): Expandable {
  const y = {
    ...floats('y', 1, 'read-write'),
    headerBytes: 16,
    headerScalars: [{ name: 'count', type: 'uint' as const, offset: 0 }],
  };
  const light = {
    ...floats('Light', 0, 'read'),
    set: 1,
    kind: 'uniform' as const,
    access: 'read' as const,
    headerBytes: 32,
    element: null,
    elementBytes: null,
    elementScalars: [],
    headerScalars: ['color.x', 'color.y', 'power'].map((name, index) => ({
      name,
      type: 'float' as const,
      offset: 4 * index,
    })),
  };
  const image = {
    ...floats('img', 1, 'write'),
    set: 1,
    kind: 'storage-image' as const,
    access: 'write' as const,
    element: null,
    elementBytes: null,
    elementScalars: [],
    image: {
      dimensions: '2d' as const,
      isArray: false,
      isMultisampled: false,
      format: 'rgba32f',
      sampledType: 'float' as const,
    },
  };
  const statements = [
    ...SAMPLE_STATEMENTS,
    said('set power = 3', '--pragma', 'command line'),
    said('items n', 'saxpy.comp:6'),
    said('elements img = n / 64Ki, 16', 'saxpy.comp:7'),
    said('requires shaderFloat64', 'saxpy.comp:8'),
    said('expect y = 3.5 within 1e-5', 'saxpy.comp:9'),
  ];
  const one = sampleExpandable(statements, {
    bindings: [floats('x', 0, 'read'), y, light, image],
    sharedBytes: 1024,
  });
  const reference = {
    value: { definition: { ...one.definition, path: 'plain.comp' }, tolerance: 1e-6 },
    from: { kind: 'command line', place: '--reference' } as const,
  };
  return { ...one, definition: { ...one.definition, reference } };
}

/** The document of a check on a small device. */
export function sampleCheck(one: Expandable = sampleExpandable()): CheckReport {
  const device = leastDevice();
  return checkDocument({
    tool: { name: 'guestmark', version: '0.0.0', node: 'v20.0.0' },
    device: available(device),
    shaders: [
      {
        definition: describeDefinition(one),
        validator: { name: 'spirv-val 2023.1', reason: null },
        plan: planDefinition(one, device),
        disassembly: null,
      },
    ],
  });
}
