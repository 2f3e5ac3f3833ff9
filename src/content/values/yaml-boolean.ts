/** A plain `true` or `false` of YAML 1.2, or `yes`, `no`, `on` or `off` of YAML 1.1, as the author spelt it: a text field keeps that. */
export class YamlBoolean {
  readonly source: string;
  readonly value: boolean;

  constructor(source: string) {
    this.source = source;
    this.value = /^(?:true|yes|on)$/iu.test(source);
  }

  // js-yaml writes a mapping's key as `[object Object]` unless its tag says that it is something else.
  get [Symbol.toStringTag](): string {
    return 'YamlBoolean';
  }

  toString(): string {
    return this.source;
  }
}

/** What a value of the wrong kind is, in words. */
export function describeKind(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null || value === undefined) return 'empty';
  if (value instanceof YamlBoolean) return 'a boolean';
  return typeof value === 'string' ? 'text' : 'a mapping';
}
