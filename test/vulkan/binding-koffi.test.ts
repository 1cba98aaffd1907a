import { describeVulkanBinding } from './binding.contract.ts';

describeVulkanBinding('koffi');
