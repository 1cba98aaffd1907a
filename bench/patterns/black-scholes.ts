// Option prices: element-wise mathematics as applications have it, on the edge between memory and special functions.
import { allOf, defineBenchmark, type Elements, type Random, type Verification } from 'guestmark';
import { type OptionPrices, optionPrices } from '../parts/option-price.ts';
import { compareWithin } from '../parts/rounding.ts';
import { sampledIndices } from '../parts/sampled-indices.ts';
import { slowInSoftware } from '../parts/software.ts';
import { firstOf, positiveInteger, stridedGroups } from '../parts/workgroup.ts';
import { compareWritten } from '../parts/written.ts';

/** As `explanation` counts them, every function and division as one. */
const FLOPS_PER_OPTION = 58;
const RATE = Math.fround(0.02);
const VOLATILITY = Math.fround(0.3);
/** Options that one core of a CPU prices in a second, roughly. */
const SOFTWARE_OPTIONS_PER_SECOND = 4e7;
/** Options that the CPU prices again, at 0.3 µs each, and how many of them lie side by side. */
const MOST_OPTIONS = 2 ** 19;
const BLOCK = 256;

function fillUniform(into: Elements, least: number, most: number, random: Random): void {
  for (let i = 0; i < into.length; i++) into[i] = least + (most - least) * random();
}

type Arrays = Readonly<Record<string, Float32Array>>;

/** Call and put prices of options side by side. */
function compareBlock(start: number, inputs: Arrays, outputs: Arrays): Verification {
  const part = (array: Float32Array | undefined): Float32Array =>
    (array as Float32Array).subarray(start, start + BLOCK);
  const [prices, strikes, years] = [part(inputs.prices), part(inputs.strikes), part(inputs.years)];
  const expected = Array.from(prices, (price, i) =>
    optionPrices(price, strikes[i] as number, years[i] as number, RATE, VOLATILITY),
  );
  const of = (i: number): OptionPrices => expected[i] as OptionPrices;
  return allOf(
    compareWithin(
      `calls from ${start}`,
      part(outputs.calls),
      (i) => of(i).call,
      (i) => of(i).callBound,
    ),
    compareWithin(
      `puts from ${start}`,
      part(outputs.puts),
      (i) => of(i).put,
      (i) => of(i).putBound,
    ),
  );
}

export default defineBenchmark({
  name: 'black-scholes',
  summary: 'Prices of n European options by the Black-Scholes formula, 20 n bytes',
  kind: 'throughput',
  category: 'patterns',
  explanation: {
    method:
      'One option is a logarithm, a root, three exponentials, four divisions and some 50 other operations, between three loads and two stores of 4 bytes; a grid-stride loop.',
    limit:
      'Memory on most GPUs, where n is larger than the caches hold, closely followed by the units for special functions. On a software device the functions, which are polynomials there.',
    verification:
      'Calls and puts of all options up to half a million, else of blocks of 256 spread evenly, against the same formula in double precision. Every price has an error bound of its own: the errors that Vulkan allows for each operation (exp: 3 + 2 |x| ulp, log: 3 ulp or 2^-21, division: 2.5 ulp, root: 4.5 ulp) are followed through the formula, to first order. Outside of those blocks no price is left as it was before.',
    sources: [
      'F. Black, M. Scholes, The pricing of options and corporate liabilities, 1973',
      'M. Abramowitz, I. Stegun, Handbook of mathematical functions, 26.2.17',
    ],
  },
  axes: { n: [4 * 2 ** 20], WORKGROUP_SIZE: [256] },
  suites: {
    standard: { n: [4 * 2 ** 20, 32 * 2 ** 20] },
    full: { n: [2 ** 18, 4 * 2 ** 20, 32 * 2 ** 20], WORKGROUP_SIZE: [64, 256, 1024] },
  },
  requires: ({ n, WORKGROUP_SIZE }) =>
    firstOf(positiveInteger('n', n), positiveInteger('WORKGROUP_SIZE', WORKGROUP_SIZE)),
  skips: ({ n }, device) => slowInSoftware(device, n, SOFTWARE_OPTIONS_PER_SECOND),
  buffers: {
    prices: {
      type: 'f32',
      elements: ({ n }) => n,
      fill: (into, _, random) => fillUniform(into, 5, 30, random),
    },
    strikes: {
      type: 'f32',
      elements: ({ n }) => n,
      fill: (into, _, random) => fillUniform(into, 1, 100, random),
    },
    years: {
      type: 'f32',
      elements: ({ n }) => n,
      fill: (into, _, random) => fillUniform(into, 0.25, 10, random),
    },
    calls: { type: 'f32', elements: ({ n }) => n, fill: 'poison' },
    puts: { type: 'f32', elements: ({ n }) => n, fill: 'poison' },
  },
  work: ({ n, WORKGROUP_SIZE }) => [
    {
      op: 'dispatch',
      shader: 'black-scholes',
      constants: { WORKGROUP_SIZE },
      push: { n, rate: RATE, volatility: VOLATILITY },
      groups: stridedGroups(n, WORKGROUP_SIZE),
    },
  ],
  bytes: ({ n }) => 20 * n,
  flops: ({ n }) => FLOPS_PER_OPTION * n,
  items: ({ n }) => n,
  itemName: 'options',
  verify: ({ n }, { inputs, outputs }) => {
    const blocks = sampledIndices(Math.ceil(n / BLOCK), MOST_OPTIONS / BLOCK);
    return allOf(
      ...blocks.map((block) => compareBlock(block * BLOCK, inputs as Arrays, outputs as Arrays)),
      compareWritten('calls', outputs.calls as Float32Array),
      compareWritten('puts', outputs.puts as Float32Array),
    );
  },
});
