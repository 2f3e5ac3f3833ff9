import { isNode, type LineCounter } from 'yaml';

/** What is wrong in a model's file, and where; both from 1. */
export interface ModelMistake {
  line: number;
  column: number;
  message: string;
}

/** Collects mistakes with the place of the node that has them. */
export class Mistakes {
  readonly found: ModelMistake[] = [];
  readonly #lines: LineCounter;

  constructor(lines: LineCounter) {
    this.#lines = lines;
  }

  /** @param node of the YAML document; the beginning of the file for one that has no place */
  add(node: unknown, message: string): void {
    const offset = isNode(node) && node.range ? node.range[0] : 0;
    this.addAt(offset, message);
  }

  /** @param offset in characters from the beginning of the file */
  addAt(offset: number, message: string): void {
    const { line, col } = this.#lines.linePos(offset);
    this.found.push({ line: Math.max(line, 1), column: Math.max(col, 1), message });
  }
}
