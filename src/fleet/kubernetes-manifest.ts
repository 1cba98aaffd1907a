// Writes objects of Kubernetes down as YAML, several in one file. Loads yaml: imported dynamically. Knows nothing of what they say.
import { stringify } from 'yaml';

/** The objects as documents of one YAML file, which kubectl applies in their order. */
export function manifestText(objects: readonly object[]): string {
  return objects.map((one) => stringify(one, { lineWidth: 0, aliasDuplicateObjects: false })).join('---\n');
}
