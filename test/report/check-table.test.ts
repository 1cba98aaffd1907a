import { describe, expect, it } from 'vitest';
import { checkTable } from '../../src/report/check-table.ts';
import { sampleCheck, variedExpandable } from './sample-check.ts';

const plain = { width: 100, color: false };

describe('checkTable()', () => {
  it('shows a definition with the origin of every value, its plan, and what stands in its way', () => {
    expect(checkTable(sampleCheck(), plain)).toMatchInlineSnapshot(`
      "shader         saxpy.comp (glsl)
      entry point    main                                                    shader
      compiler       glslangValidator 11:12.0.0 (/usr/bin/glslangValidator)
      module         SPIR-V 1.3, 6332 bytes, for vulkan1.1
      sha256         source a1a1a1a1a1a1, SPIR-V b2b2b2b2b2b2
      validated by   spirv-val 2023.1
      needs          Shader
      local size     256 × 1 × 1 (x by WORKGROUP_SIZE)
      shared memory  none

      name     saxpy                                                                 convention
      summary  saxpy.comp, main()                                                    convention
      kind     throughput                                                            convention
      items    n                                                                     convention
      flops    2 * n                                                                 saxpy.comp:4
      bytes    what the storage bindings hold, once for each direction of their use  convention

      axis            values     from
      n               1Mi, 64Mi  saxpy.comp:2
      WORKGROUP_SIZE  256        constant_id 0

      binding  at   kind     declared    used        contents
      x        0.0  storage  read        read        float, 4 B each
        elements n (convention)
        fill random 42 (saxpy.comp:5)
      y        0.1  storage  read-write  read-write  float, 4 B each
        elements n (convention)
        fill 1.5 (--pragma)
        expect itself (convention)

      value of  in              type   offset  value  from
      n         push constants  uint   0       n      convention: named like an axis
      a         push constants  float  4       2      saxpy.comp:3

      constant        id  type  default  set by
      WORKGROUP_SIZE  0   uint  256      axis WORKGROUP_SIZE

      device  least device (discrete-gpu), 1.00 GiB of device-local memory, Vulkan 1.1.0, driver driver,
              at 0000:01:00.0

      case                              groups  local size    memory     moved   flops  flops/B
      saxpy[n=1Mi,WORKGROUP_SIZE=256]     4096         256  8.00 MiB  12.0 MiB  2.10 M    0.167
      saxpy[n=64Mi,WORKGROUP_SIZE=256]  262144         256   512 MiB   768 MiB   134 M    0.167
        262144 workgroups along x, more than maxComputeWorkGroupCount[0] (65535); lower n (8Mi fits), or
        raise the workgroup size, or spread the workgroups over x, y and z
        "x" takes 256 MiB, more than maxStorageBufferRange (128 MiB); lower n (32Mi fits), or split it
        into several buffers
        "y" takes 256 MiB, more than maxStorageBufferRange (128 MiB); lower n (32Mi fits), or split it
        into several buffers

      1 of 2 cases do not fit least device
      "
    `);
  });

  it('shows headers, uniform blocks, images, requirements and a reference', () => {
    expect(checkTable(sampleCheck(variedExpandable()), plain)).toMatchInlineSnapshot(`
      "shader         saxpy.comp (glsl)
      entry point    main                                                    shader
      compiler       glslangValidator 11:12.0.0 (/usr/bin/glslangValidator)
      module         SPIR-V 1.3, 6332 bytes, for vulkan1.1
      sha256         source a1a1a1a1a1a1, SPIR-V b2b2b2b2b2b2
      validated by   spirv-val 2023.1
      needs          Shader
      local size     256 × 1 × 1 (x by WORKGROUP_SIZE)
      shared memory  1.00 KiB

      name       saxpy                                                                 convention
      summary    saxpy.comp, main()                                                    convention
      kind       throughput                                                            convention
      items      n                                                                     saxpy.comp:6
      flops      2 * n                                                                 saxpy.comp:4
      bytes      what the storage bindings hold, once for each direction of their use  convention
      requires   shaderFloat64                                                         saxpy.comp:8
      reference  plain.comp, main(), within 0.000001                                   --reference

      axis            values     from
      n               1Mi, 64Mi  saxpy.comp:2
      WORKGROUP_SIZE  256        constant_id 0

      binding  at   kind           declared    used        contents
      x        0.0  storage        read        read        float, 4 B each
        elements n (convention)
        fill random 42 (saxpy.comp:5)
      y        0.1  storage        read-write  read-write  16.0 B, then float, 4 B each
        elements n (convention)
        fill 1.5 (--pragma)
        expect 3.5 within 0.00001 (saxpy.comp:9)
      Light    1.0  uniform        read        read        32.0 B
        fill random (convention)
      img      1.1  storage-image  write       write       rgba32f, 2d
        elements n / 64Ki, 16 (saxpy.comp:7)
        fill zero (convention)
        expect itself (convention)

      value of  in              type       offset  value            from
      n         push constants  uint       0       n                convention: named like an axis
      a         push constants  float      4       2                saxpy.comp:3
      count     y               uint       0       0                convention
      color     Light           2 × float  0       as it is filled
      power     Light           float      8       3                --pragma

      constant        id  type  default  set by
      WORKGROUP_SIZE  0   uint  256      axis WORKGROUP_SIZE

      device  least device (discrete-gpu), 1.00 GiB of device-local memory, Vulkan 1.1.0, driver driver,
              at 0000:01:00.0

      case                              groups  local size    memory     moved   flops  flops/B
      saxpy[n=1Mi,WORKGROUP_SIZE=256]     4096         256  8.00 MiB  12.0 MiB  2.10 M    0.167
      saxpy[n=64Mi,WORKGROUP_SIZE=256]  262144         256   512 MiB   768 MiB   134 M    0.167
        262144 workgroups along x, more than maxComputeWorkGroupCount[0] (65535); lower n (8Mi fits), or
        raise the workgroup size, or spread the workgroups over x, y and z
        "x" takes 256 MiB, more than maxStorageBufferRange (128 MiB); lower n (32Mi fits), or split it
        into several buffers
        "y" takes 256 MiB, more than maxStorageBufferRange (128 MiB); lower n (16Mi fits), or split it
        into several buffers
        reference plain.comp: 262144 workgroups along x, more than maxComputeWorkGroupCount[0] (65535);
        lower n (8Mi fits), or raise the workgroup size, or spread the workgroups over x, y and z

      every case: the device lacks the feature shaderFloat64; choose another device with --device
      every case: reference plain.comp: the device lacks the feature shaderFloat64; choose another device
      with --device

      2 of 2 cases do not fit least device
      "
    `);
  });
});
