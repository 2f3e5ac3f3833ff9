import { YamlBoolean } from '../values/yaml-boolean.ts';

/** Whether a value of the front matter has keys. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof YamlBoolean)
  );
}
