/** Control characters, line ends, what turns the direction of text, and what is not seen at all: two names would look alike. */
const UNSEEN = String.raw`[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]`;

/** What writing needs of them, where it needs it. */
const NEEDED = [
  // Persian, Indic and Sinhala letters are joined and parted.
  String.raw`(?<=[\p{L}\p{M}])[\u200c\u200d](?=[\p{L}\p{M}])`,
  // Emoji of several, and in colour.
  String.raw`(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d(?=\p{Extended_Pictographic})`,
  String.raw`(?<=\p{Extended_Pictographic})[\ufe0e\ufe0f]`,
  String.raw`(?<=[\d#*])\ufe0f(?=\u20e3)`,
  // Forms of a letter.
  String.raw`(?<=\p{Script=Han})[\ufe00-\ufe02\u{e0100}-\u{e01ef}]`,
  String.raw`(?<=\p{Script=Mongolian})[\u180b-\u180f]`,
  // Signs that stand around or over the digits behind them, and are seen.
  String.raw`[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]`,
];

const CONTROLS = new RegExp(`(?!${NEEDED.join('|')})${UNSEEN}`, 'gu');

/** A text from a file or a client as a terminal or a log may show it: each such character is U+FFFD. */
export function escapeControls(text: string): string {
  return text.replace(CONTROLS, '\ufffd');
}
