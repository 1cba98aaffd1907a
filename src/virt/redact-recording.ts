// What of a file may go into a recording that its owner sends to strangers. Files that name people, machines or secrets are
// cut down to what descriptions use. Knows the files, and nothing of what they are used for.
import { basename } from 'node:path';
import { tellingParameters } from './boot-parameters.ts';
import { tellingWords } from './kernel-evidence.ts';
import type { Machine } from './machine.ts';

/** A file and what is left of it. */
interface Redaction {
  readonly path: RegExp;
  readonly keep: (text: string) => string;
}

/** The asset tags that clouds give all their machines; any other is somebody's inventory. */
const CLOUD_ASSET_TAG = /^(7783-7084-3265-9085-8269-3286-77|OracleCloud\.com|Amazon EC2)$/;

const REDACTIONS: readonly Redaction[] = [
  { path: /^\/proc\/cmdline$/, keep: commandLine },
  // Some kB of interrupt counts, and when it was booted.
  { path: /^\/proc\/stat$/, keep: lines(/^cpu/) },
  { path: /^\/proc\/(\d+|self)\/environ$/, keep: entries(/^container=/) },
  { path: /^\/proc\/(\d+|self)\/(mountinfo|mounts)$/, keep: mountLines },
  { path: /^\/proc\/(\d+|self|thread-self)\/status$/, keep: lines(/^(TracerPid|Cpus_allowed_list):/) },
  // Who built the kernel, and on which machine.
  { path: /^\/proc\/version$/, keep: (text) => text.replace(/\([^()\s]*@[^()\s]*\)/g, '(builder)') },
  { path: /^\/proc\/cpuinfo$/, keep: (text) => text.replace(/^serial\s*:.*\n?/gim, '') },
  { path: /^\/proc\/sysinfo$/, keep: lines(/^(VM\d\d Control Program|LPAR Number|Manufacturer|Type)\b/) },
  { path: /\/ibm,partition-name$/, keep: () => 'partition\0' },
  { path: /^\/run\/\.containerenv$/, keep: lines(/^(engine|rootless)=/) },
  {
    path: /\/(chassis|board)_asset_tag$/,
    keep: (text) => (CLOUD_ASSET_TAG.test(text.trim()) ? text : 'not recorded\n'),
  },
  {
    path: /(^|\/)(config-[^/]*|config|config\.gz)$/,
    keep: lines(/PARAVIRT|TIME_ACCOUNTING|_GUEST\b|CONFIG_(HZ|NO_HZ|PREEMPT)/),
  },
  // No description asks for these. Should one ever do, they are not told.
  { path: /(^|\/)(product_uuid|\w+_serial|machine-id|hostname|boot_id|address|token)$/, keep: () => '' },
];

/** The text of the file at a path as it may be recorded. */
export function redactText(path: string, text: string): string {
  return REDACTIONS.filter((redaction) => redaction.path.test(path)).reduce(
    (kept, { keep }) => keep(kept),
    text,
  );
}

/** Boot parameters can hold passwords and names of hosts. */
function commandLine(text: string): string {
  return `${[...new Set([...tellingParameters(text), ...tellingWords(text)])].join(' ')}\n`;
}

function entries(kept: RegExp): Redaction['keep'] {
  return (text) =>
    text
      .split('\0')
      .filter((entry) => kept.test(entry))
      .map((entry) => `${entry}\0`)
      .join('');
}

/** Mounts that tell of containers and control groups; of those of containers neither the source nor the options. */
function mountLines(text: string): string {
  return text
    .split('\n')
    .flatMap((line): readonly string[] => {
      const [before = '', after = ''] = line.split(' - ');
      const [id, parent, device, , point = ''] = before.split(' ');
      const [type = ''] = after.split(' ');
      if (/^cgroup2?$/.test(type)) return [`${line}\n`];
      const tells = /^(\/|\/proc\/.*|\/var\/lib\/snapd\/hostfs)$/.test(point);
      return tells ? [`${id} ${parent} ${device} / ${point} - ${type} none rw\n`] : [];
    })
    .join('');
}

function lines(kept: RegExp): Redaction['keep'] {
  return (text) =>
    text
      .split('\n')
      .filter((line) => kept.test(line))
      .map((line) => `${line}\n`)
      .join('');
}

/**
 * Variables as they may be recorded: of the path of an image only its name, since the folders may bear that of a person, and of
 * an address only that there is one.
 */
export function redactVariables(variables: Machine['variables']): Machine['variables'] {
  const { APPTAINER_CONTAINER: apptainer, SINGULARITY_CONTAINER: singularity } = variables;
  return {
    ...variables,
    ...(variables.KUBERNETES_SERVICE_HOST === undefined ? {} : { KUBERNETES_SERVICE_HOST: 'not recorded' }),
    ...(apptainer === undefined ? {} : { APPTAINER_CONTAINER: basename(apptainer) }),
    ...(singularity === undefined ? {} : { SINGULARITY_CONTAINER: basename(singularity) }),
  };
}
