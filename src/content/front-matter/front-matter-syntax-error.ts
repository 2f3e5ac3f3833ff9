/** Front matter that is not in its language. */
export class FrontMatterSyntaxError extends Error {
  override readonly name = 'FrontMatterSyntaxError';
  readonly reason: string;
  /** Within the block, counted from 1. */
  readonly place: { line: number; column: number };
  readonly isDuplicateKey: boolean;

  constructor(reason: string, place: { line: number; column: number }, isDuplicateKey = false) {
    super(reason);
    this.reason = reason;
    this.place = place;
    this.isDuplicateKey = isDuplicateKey;
  }
}
