import { countLeftOut } from '../../content/find-keys/count-left-out.ts';
import type { Problem } from '../../content/problems/problem.ts';
import type { OwnModel } from '../../model/own-model.ts';

/** How many keys of the files nothing reads, and what adds them, on one line; null when there is none. @param model as of countLeftOut */
export function formatLeftOut(problems: readonly Problem[], model: OwnModel): string | null {
  const number = countLeftOut(problems, model);
  if (number === 0) return null;
  const keys =
    number === 1 ? '1 key of your files is' : `${number.toLocaleString('en')} keys of your files are`;
  return `${keys} not in the API; \`npm run model -- --write\` adds ${number === 1 ? 'it' : 'them'}.`;
}
