// Writes the commands of the fault layer in C, from guestmark's own table of commands: whatever the product may call can be
// made to fail. Pure: takes the table, gives text and the places of the counters.

const TYPES = {
  u8: 'uint8_t',
  char: 'char',
  i32: 'int32_t',
  u32: 'uint32_t',
  f32: 'float',
  bool32: 'uint32_t',
  i64: 'int64_t',
  u64: 'uint64_t',
  size: 'size_t',
  handle: 'uint64_t',
  pointer: 'void *',
  string: 'const char *',
};

/** Written by hand: the chain of layers passes through them. */
const BY_HAND = new Set(['vkCreateInstance', 'vkCreateDevice']);

/** What happens before a call that the rule did not replace. */
const BEFORE = {
  vkWaitForFences: 'if (isDeaf(rule, *(uint64_t *)a2)) { sleepFor(a4); return 2; }',
  vkGetFenceStatus: 'if (isDeaf(rule, a1)) return 1;',
};

/** What happens after a call besides counting; `rule` is the rule that struck it, `result` what it returned. */
const AFTER = {
  vkCreateFence: 'fencesSince++; submissionsSince = 0;',
  vkQueueSubmit: 'theQueue = a0; submissionsSince++; if (rule != NULL && rule->action == BITFLIP) flipBit();',
  vkGetQueryPoolResults: 'if (result >= 0) spoilTimestamps(rule, a3, a5, a6, a7);',
  vkGetPhysicalDeviceProperties: 'rename1(rule, a1);',
  vkGetPhysicalDeviceProperties2: 'rename2(rule, a1);',
  vkGetPhysicalDeviceQueueFamilyProperties: 'changeFamilies(rule, a1, a2);',
  vkGetCalibratedTimestampsEXT:
    'for (uint32_t i = 0; result >= 0 && i < a1; i++) if (*(uint32_t *)((uint8_t *)a2 + i * 24 + 16) == 0) ((uint64_t *)a3)[i] = wrapped(((uint64_t *)a3)[i]);',
  vkAllocateMemory: 'if (result >= 0) allocated(*(uint64_t *)a3, ((struct AllocateInfo *)a1)->bytes);',
  vkFreeMemory: 'freed(a1);',
  vkMapMemory: 'if (result >= 0) mapped(a1, *(void **)a5);',
  vkUnmapMemory: 'mapped(a1, NULL);',
  vkEnumeratePhysicalDevices: 'if (rule != NULL && rule->action == GONE) *(uint32_t *)a1 = 0;',
};

/**
 * @param {import('./layer-commands.d.mts').CommandTable} table
 * @returns {import('./layer-commands.d.mts').LayerCommands}
 */
export function layerCommands(table) {
  const names = Object.keys(table).filter((name) => table[name].level !== 'global' || BY_HAND.has(name));
  const objects = [...new Set(names.flatMap((name) => madeBy(name, table[name])?.object ?? []))].sort();
  const generated = names.filter((name) => !BY_HAND.has(name));
  const source = [
    ...names.map((name, index) => `#define CALL_${name} ${index}`),
    `#define CALLS ${names.length}`,
    ...objects.map((object, index) => `#define MADE_${object} ${2 * index}`),
    ...generated.map((name) => command(name, table[name])),
    fill('instance', generated, table),
    fill('device', generated, table),
    own('Instance', generated),
    own(
      'Device',
      generated.filter((name) => table[name].level === 'device'),
    ),
  ].join('\n');
  return { source: `${source}\n`, names, objects };
}

/** The object that a command makes, and how many of them. Those from pools go with their pool. */
function madeBy(name, { parameters }) {
  if (!/^vk(Create|Allocate)/.test(name)) return null;
  const out = parameters.at(-1);
  if (out?.of !== 'handle' || out.len?.includes('->')) return null;
  const length = parameters.findIndex((parameter) => parameter.name === out.len);
  return { object: out.handle, count: length < 0 ? '1' : `a${length}` };
}

/** The object that a command takes away: its last handle. */
function goneBy(name, { parameters }) {
  if (!/^vk(Destroy|Free)/.test(name)) return null;
  const index = parameters.findLastIndex(({ type }) => type === 'handle');
  const isPooled = parameters.some(({ of }) => of === 'handle');
  return isPooled ? null : { object: parameters[index].handle, argument: `a${index}` };
}

function command(name, signature) {
  const { parameters, returns } = signature;
  const types = parameters.map(({ type }) => TYPES[type]);
  const taken = types.map((type, index) => `${type} a${index}`).join(', ');
  const passed = types.map((_, index) => `a${index}`).join(', ');
  const type = returns === 'VkResult' ? 'int32_t' : 'void';
  const back = returns === 'VkResult' ? ' result' : '';
  return `
static ${type} (*next_${name})(${types.join(', ')});
static ${type} layer_${name}(${taken}) {
  int32_t result = 0;
  const struct Rule *rule = ruleFor("${name}", count(STATE_CALLS + CALL_${name}, 1));
  if (strike(rule, &result)) return${back};
  ${BEFORE[name] ?? ''}
  ${returns === 'VkResult' ? 'result = ' : ''}next_${name}(${passed});
  ${AFTER[name] ?? ''}
  ${counted(name, signature)}
  return${back};
}`;
}

function counted(name, signature) {
  const made = madeBy(name, signature);
  if (made !== null)
    return `if (result >= 0) count(STATE_CALLS + CALLS + MADE_${made.object}, ${made.count});`;
  const gone = goneBy(name, signature);
  return gone === null
    ? ''
    : `if (${gone.argument} != 0) count(STATE_CALLS + CALLS + MADE_${gone.object} + 1, 1);`;
}

function fill(level, names, table) {
  const lines = names
    .filter((name) => table[name].level === level)
    .map((name) => `  next_${name} = (void *)addressOf(object, "${name}");`);
  const title = level === 'device' ? 'Device' : 'Instance';
  return `static void fill${title}(uint64_t object, GetAddress addressOf) {\n${lines.join('\n')}\n}`;
}

/** A command that the driver does not have stays missing. */
function own(title, names) {
  const lines = names.map(
    (name) =>
      `  if (strcmp(name, "${name}") == 0) return next_${name} == NULL ? NULL : (Function)layer_${name};`,
  );
  return `static Function own${title}(const char *name) {\n${lines.join('\n')}\n  return NULL;\n}`;
}
