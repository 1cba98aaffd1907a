// Where a program's first second goes: making pipelines, and the first dispatch, at which some drivers compile.
import {
  allOf,
  compareElements,
  defineHostBenchmark,
  type HostContext,
  type Operation,
  type OperationFigure,
} from 'guestmark';
import { freshKeys, type PipelineSource, pipelineSource, SOURCE } from '../parts/pipeline-source.ts';
import { quartiles } from '../parts/quartiles.ts';
import { exactly, known } from '../parts/recent-values.ts';
import { bytesOnDisk, cacheVariables, openWithCache, temporaryFolder } from '../parts/shader-cache.ts';
import {
  type SpecializedKernel,
  specializedKernel,
  type Variant,
  WORKGROUP,
} from '../parts/specialized-kernel.ts';
import { type TimedPipeline, timedPipeline } from '../parts/timed-pipeline.ts';

const VARIANTS: readonly Variant[] = ['void', 'small', 'large'];
/** Every cold pipeline stays in some driver's cache. */
const MOST_SAMPLES = 64;

export default defineHostBenchmark({
  name: 'pipeline-creation',
  summary: 'Creating a compute pipeline, cold or cached, alone or with its first dispatch',
  category: 'host',
  explanation: {
    method:
      'vkCreateComputePipelines; with dispatch = 1 also recording, submitting and waiting for its first dispatch of 64 invocations. size 0 is a kernel of one addition, 1 has 16 steps of an integer recurrence in straight line, 2 has 128. cache = 0: no cache, and a specialization constant from the random numbers of the system that neither this process nor an earlier one has used. 1: the same constant again and again with a VkPipelineCache that has it. 2: with one made anew from data that was saved to a file. 3: without one, of a pipeline that was made, ran and was destroyed before, so that only what the driver keeps by itself can help. The device is opened once more for it, in an instance of its own: MESA_SHADER_CACHE_DISABLE (and __GL_SHADER_DISK_CACHE) switch the disk cache of the driver off while it starts, except for cache = 3, where it lies in an empty folder that is removed afterwards. The cache of the user is neither read nor filled.',
    limit:
      'The compiler of the driver, on one CPU. Many drivers compile in vkCreateComputePipelines; lavapipe only prepares there, and compiles at the first dispatch, so that creation alone says little. The VkPipelineCache of its Mesa 22.3 holds nothing (what it saves is a header of 32 bytes) and saves it nothing; its disk cache saves most of the compilation, in the same process too. A newer driver may keep more, and the figures beside the case say how much was saved. For drivers that follow other variables than those two, a figure says whether anything came into the folder.',
    verification:
      'With dispatch = 1 every pipeline that is timed writes the 64 values that its constant leads to, computed again on the CPU. With dispatch = 0 another pipeline, made in the same way before and after timing, does.',
    sources: [
      'SHOC, kernel compile time',
      'Mesa documentation, Environment Variables: MESA_SHADER_CACHE_DISABLE, MESA_SHADER_CACHE_DIR',
    ],
  },
  axes: { cache: [0, 1, 2, 3], size: [0, 1, 2], dispatch: [0, 1] },
  suites: { full: {}, host: { size: [0, 2] } },
  requires: ({ cache, size, dispatch }) =>
    [SOURCE.none, SOURCE.cache, SOURCE.reloaded, SOURCE.driver].includes(cache as never) &&
    VARIANTS[size] !== undefined &&
    [0, 1].includes(dispatch)
      ? null
      : 'cache is 0 to 3, size 0 to 2 and dispatch 0 or 1',
  items: () => 1,
  operation: ({ cache, size, dispatch }, host) => {
    const parts = prepare(cache, VARIANTS[size] as Variant, host);
    const { pipeline, kernel, source, figures } = parts;
    const nextKey = freshKeys();
    kernel.setKey(nextKey());
    let latest = pipeline.tryOnce();
    source.filled();
    const renew = (): void => {
      source.renew();
      if (cache === SOURCE.none) kernel.setKey(nextKey());
      kernel.clear();
    };
    renew();
    let right = 0;
    return {
      mostSamples: MOST_SAMPLES,
      ...timed(pipeline, dispatch),
      reset: () => {
        if (dispatch === 1) latest = kernel.verify(1);
        if (latest.ok && pipeline.exists()) right++;
        pipeline.reset();
        renew();
      },
      verify: (count) => {
        if (dispatch === 0) {
          latest = pipeline.tryOnce();
          renew();
        }
        return allOf(latest, compareElements('pipelines that were right', [right], [count]));
      },
      figures,
    };
  },
});

interface Parts {
  readonly pipeline: TimedPipeline;
  readonly kernel: SpecializedKernel;
  readonly source: PipelineSource;
  readonly figures: () => readonly OperationFigure[];
}

function prepare(cache: number, variant: Variant, host: HostContext): Parts {
  const { scope } = host;
  const diskFolder = temporaryFolder(scope);
  const variables = cacheVariables(diskFolder, cache === SOURCE.driver);
  const device = openWithCache(host.vulkan(), scope, variables);
  const spirv = host.kernel(`specialized-${variant}`);
  const kernel = specializedKernel(device, scope, { spirv, variant, invocations: WORKGROUP, loops: 1 });
  const source = pipelineSource(device, host, cache, temporaryFolder(scope));
  const figures = () => [
    diskFigure(diskFolder, variables.MESA_SHADER_CACHE_DISABLE === 'true'),
    ...reloadFigures(source),
  ];
  return { pipeline: timedPipeline(device, scope, kernel, source), kernel, source, figures };
}

function timed(
  { create, dispatch, wait }: TimedPipeline,
  dispatches: number,
): Pick<Operation, 'calls' | 'run' | 'wait'> {
  if (dispatches === 0) return { calls: 1, run: create };
  const run = (): void => {
    create();
    dispatch();
  };
  return { calls: 10, run, wait };
}

function diskFigure(folder: string, isOff: boolean): OperationFigure {
  const bytes = bytesOnDisk(folder);
  return {
    id: 'diskCache',
    label: 'written to the disk cache of the driver',
    unit: 'B',
    estimate: exactly(bytes),
    method: `Space taken by files in the folder that the driver was told to keep shaders in, after the last sample. MESA_SHADER_CACHE_DISABLE was ${isOff} and __GL_SHADER_DISK_CACHE ${isOff ? 0 : 1} while it started. None: no shader was kept there.`,
  };
}

/** Of a cache that was saved and loaded again. */
function reloadFigures({ reloaded }: PipelineSource): readonly OperationFigure[] {
  const cache = reloaded();
  if (cache === null) return [];
  const { bytes } = cache;
  return [
    {
      id: 'savedCache',
      label: 'data of the VkPipelineCache',
      unit: 'B',
      estimate: exactly(bytes),
      method: 'What vkGetPipelineCacheData gave after the first pipeline had run.',
    },
    {
      id: 'reload',
      label: 'reading it and making a VkPipelineCache of it',
      unit: 'ns',
      estimate: known(quartiles(cache.reloadNs)),
      method: `Outside of the samples, before each: the file is read from the file cache of the system and given to vkCreatePipelineCache. Median and quartiles of the last ${cache.reloadNs.length}.`,
    },
  ];
}
