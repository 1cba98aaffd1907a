// Several loads in flight for one invocation, as straight-line code: drivers fold the conditions when they create the
// pipeline, and none is asked to unroll a loop.
layout(constant_id = 1) const uint UNROLL = 1;

#define EACH(DO) \
  DO(0u) \
  if (UNROLL > 1u) { DO(1u) } \
  if (UNROLL > 2u) { DO(2u) DO(3u) } \
  if (UNROLL > 4u) { DO(4u) DO(5u) DO(6u) DO(7u) }
