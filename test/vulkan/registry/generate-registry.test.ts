import { expect, it } from 'vitest';
import { readRegistry } from '../../../src/vulkan/registry/generate-registry.ts';

const registry = readRegistry(`<registry>
  <types>
    <type category="define">#define <name>VK_HEADER_VERSION</name> 7</type>
    <type category="define">#define <name>VK_API_VERSION_1_2</name> <type>VK_MAKE_API_VERSION</type>(0, 1, 2, 0)// Patch</type>
    <type category="basetype">typedef <type>uint32_t</type> <name>VkBool32</name>;</type>
    <type category="struct" name="VkThing">
      <member values="VK_STRUCTURE_TYPE_THING"><type>VkStructureType</type> <name>sType</name></member>
      <member api="vulkansc"><type>uint64_t</type> <name>safetyOnly</name></member>
      <member><type>float</type> <name>scale</name>[<enum>VK_EDGE</enum>]<comment>an array* of floats</comment></member>
      <member len="null-terminated">const <type>char</type>* <name>pName</name></member>
    </type>
  </types>
  <enums name="API Constants"><enum value="3" name="VK_EDGE"/><enum value="(~0ULL)" name="VK_ALL"/></enums>
  <enums name="VkResult" type="enum">
    <enum value="0" name="VK_SUCCESS"/>
    <enum name="VK_ALIAS_OF_LATER" alias="VK_ERROR_LATER"/>
  </enums>
  <enums name="VkWideFlagBits2" type="bitmask" bitwidth="64"><enum bitpos="40" name="VK_WIDE_BIT"/></enums>
  <enums name="VkFlagBits" type="bitmask"><enum bitpos="31" name="VK_HIGH_BIT"/></enums>
  <commands>
    <command>
      <proto><type>VkResult</type> <name>vkMake</name></proto>
      <param><type>VkDevice</type> <name>device</name></param>
      <param len="count">const <type>VkThing</type>* <name>pThings</name></param>
    </command>
    <command name="vkMakeEXT" alias="vkMake"/>
  </commands>
  <feature api="vulkan" name="VK_VERSION_1_2" number="1.2"><require><command name="vkMake"/></require></feature>
  <extensions>
    <extension name="VK_EXT_thing" number="12" supported="vulkan">
      <require>
        <enum value="&quot;VK_EXT_thing&quot;" name="VK_EXT_THING_EXTENSION_NAME"/>
        <enum offset="4" dir="-" extends="VkResult" name="VK_ERROR_LATER"/>
        <command name="vkMakeEXT"/>
      </require>
    </extension>
    <extension name="VK_EXT_gone" number="13" supported="disabled">
      <require><enum offset="1" extends="VkResult" name="VK_ERROR_GONE"/></require>
    </extension>
  </extensions>
</registry>`);

it('readRegistry() leaves out members of Vulkan SC and reads arrays, pointers and const', () => {
  expect(registry.types.get('VkThing')?.members).toEqual([
    {
      name: 'sType',
      type: 'VkStructureType',
      pointers: 0,
      constant: false,
      values: 'VK_STRUCTURE_TYPE_THING',
    },
    { name: 'scale', type: 'float', pointers: 0, constant: false, length: 3 },
    { name: 'pName', type: 'char', pointers: 1, constant: true, len: 'null-terminated' },
  ]);
});

it('readRegistry() numbers the values of extensions and resolves aliases of later values', () => {
  expect([...(registry.enums.get('VkResult') ?? [])]).toEqual([
    ['VK_SUCCESS', 0],
    ['VK_ERROR_LATER', -1000011004],
    ['VK_ALIAS_OF_LATER', -1000011004],
  ]);
});

it('readRegistry() gives 64-bit flags as bigint and 32-bit flags as positive numbers', () => {
  expect(registry.enums.get('VkWideFlagBits2')?.get('VK_WIDE_BIT')).toBe(1n << 40n);
  expect(registry.enums.get('VkFlagBits')?.get('VK_HIGH_BIT')).toBe(0x8000_0000);
  expect(registry.apiConstants.get('VK_ALL')).toBe(0xffff_ffff_ffff_ffffn);
});

it('readRegistry() says which version or extension brings a command, aliases included', () => {
  expect(registry.commands.get('vkMake')?.from).toBe('VK_VERSION_1_2');
  expect(registry.commands.get('vkMakeEXT')).toMatchObject({ from: 'VK_EXT_thing', returns: 'VkResult' });
});

it('readRegistry() reads its own version, API versions and names of extensions', () => {
  expect(registry.headerVersion).toBe(7);
  expect(registry.apiVersions.get('VK_API_VERSION_1_2')).toBe((1 << 22) | (2 << 12));
  expect(registry.extensionConstants.get('VK_EXT_thing')).toBe('VK_EXT_THING_EXTENSION_NAME');
});
