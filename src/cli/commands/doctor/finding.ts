import { explainFailure } from '../../process/explain-failure.ts';

/** What doctor found out about one thing. */
export interface Finding {
  name: string;
  /** `warn`: it works, and will not for ever or not as well as it could. */
  verdict: 'ok' | 'warn' | 'fail';
  message: string;
  /** The command, or else the deed, that repairs it. */
  fix: string | null;
}

export type Examination = () => Promise<Finding | Finding[]>;

export function ok(name: string, message: string): Finding {
  return { name, verdict: 'ok', message, fix: null };
}

export function warn(name: string, message: string, fix: string): Finding {
  return { name, verdict: 'warn', message, fix };
}

export function fail(name: string, message: string, fix: string): Finding {
  return { name, verdict: 'fail', message, fix };
}

/** Whatever an examination throws is a finding too. */
export async function examine(name: string, fix: string, examination: Examination): Promise<Finding[]> {
  try {
    return [await examination()].flat();
  } catch (error) {
    const failure = explainFailure(error);
    return [fail(name, failure.message, failure.fix ?? fix)];
  }
}
