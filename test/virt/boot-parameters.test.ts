import { describe, expect, test } from 'vitest';
import { tellingParameters } from '../../src/virt/boot-parameters.ts';

describe('tellingParameters()', () => {
  test('takes what changes timing or virtualization, as it stands and in its order', () => {
    const line =
      'BOOT_IMAGE=/vmlinuz root=/dev/vda1 ro nohz_full=1-3 isolcpus=domain,1-3 idle=poll mitigations=off ' +
      'processor.max_cstate=1 no-steal-acc tsc=reliable kvm_intel.nested=1 kvm-amd.nested=1 quiet\n';
    expect(tellingParameters(line)).toEqual([
      'nohz_full=1-3',
      'isolcpus=domain,1-3',
      'idle=poll',
      'mitigations=off',
      'processor.max_cstate=1',
      'no-steal-acc',
      'tsc=reliable',
      'kvm_intel.nested=1',
      'kvm-amd.nested=1',
    ]);
  });

  test('never shows anything else, such as secrets, nor what is for init', () => {
    const line =
      'systemd.set_credential=db:hunter2 ip=10.0.0.2 idler=1 rd.luks.key=/k kvmx=1 -- idle=poll --token abc';
    expect(tellingParameters(line)).toEqual([]);
  });

  test('takes single words of parameters that say many things', () => {
    expect(tellingParameters('pci=realloc=on,resource_alignment=20@0000:01:00.0,nomsi pci=bfsort')).toEqual([
      'pci=realloc=on,nomsi',
    ]);
  });

  test('is bounded and plain, whatever the line holds', () => {
    expect(tellingParameters('idle=\u001b[2J')).toEqual(['idle= [2J']);
    expect(tellingParameters('idle=a '.repeat(1e5)).length).toBe(64);
    expect(tellingParameters(`tsc=${'x'.repeat(1e6)}`)[0]?.length).toBe(200);
    expect(tellingParameters('constructor=1 __proto__=2 =3 =')).toEqual([]);
  });
});
