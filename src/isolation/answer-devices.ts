// The process's answer to whoever asks for the Vulkan devices: each with how it is attached to this machine. Loads drivers and
// vendors' libraries, which may end the process.
import type { AttachedDevice } from '../report/attachment-lines.ts';
import { listDevices } from '../vulkan/index.ts';
import { attachmentJudge } from './attachment-subject.ts';

/** The devices in the order of their index. */
export function answerDevices(binding: 'auto' | 'nvk' | 'koffi'): readonly AttachedDevice[] {
  const judge = attachmentJudge();
  return listDevices(binding).map((device) => ({ device, attachment: judge(device) }));
}
