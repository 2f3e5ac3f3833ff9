import type { z } from 'zod';

/** What one setting is: where it is read from, what it may be, and what it means. */
export interface Setting<S extends z.ZodType = z.ZodType> {
  env: string;
  /** The long option of the command that sets the same thing, without `--`. */
  flag?: string;
  schema: S;
  /** As it would be written in the environment; absent: the setting is off until it is given. */
  default?: string;
  /** The default in production, where it differs. */
  production?: string;
  text: string;
  /** Its value stands in no message. */
  isSecret?: true;
}

/** Keeps the type of the schema. */
export const setting = <S extends z.ZodType>(value: Setting<S>): Setting<S> => value;
/** A setting that has no default: null until it is given. */
export const optional = <S extends z.ZodType>(value: Setting<S>) => ({
  ...value,
  schema: value.schema.nullable(),
});
