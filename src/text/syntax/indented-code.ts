const PREFIX = /([ \t]*)(\n|$)?/y;
/** What lines of its own may stand below, indented: items, footnotes and definitions. */
const ITEM = /(?:(?:[-*+]|\d{1,9}[.)])(?=[ \t\n]|$)|\[\^[^\][\s]{1,100}\]:|:(?=[ \t]))[ \t]{0,4}/y;

/** Tells code that is indented by four columns from what is indented for it stands in a list. Asked line by line. */
export class IndentedCode {
  #isAfterBlank = true;
  #isInCode = false;
  /** Where the text of the last item begins. */
  #indent = 0;

  /** Whether the line that begins at `start` is code. */
  isCode(markdown: string, start: number): boolean {
    PREFIX.lastIndex = start;
    const [, blanks = '', end] = PREFIX.exec(markdown) ?? [];
    if (end !== undefined) {
      this.#isAfterBlank = true;
      return false;
    }
    const width = columnsOf(blanks);
    const mayBegin = this.#isAfterBlank || this.#isInCode;
    this.#isInCode = mayBegin && width >= this.#indent + 4;
    if (this.#isInCode) return true;
    ITEM.lastIndex = start + blanks.length;
    const item = ITEM.exec(markdown)?.[0];
    if (item !== undefined) this.#indent = width + Math.max(columnsOf(item), item.startsWith('[') ? 0 : 2);
    else if (this.#isAfterBlank && width < this.#indent) this.#indent = width;
    if (item?.startsWith('[')) this.#indent = width + 4;
    this.#isAfterBlank = false;
    return false;
  }

  /** Notes that a block has ended where the next line begins. */
  endBlock(): void {
    this.#isAfterBlank = true;
    this.#isInCode = false;
  }
}

function columnsOf(text: string): number {
  let columns = 0;
  for (const sign of text) columns += sign === '\t' ? 4 : 1;
  return columns;
}
