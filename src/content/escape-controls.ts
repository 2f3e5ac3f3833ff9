/** Control characters, line separators, and what turns the direction of text: they make a terminal show what is not there. */
const CONTROLS = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** A text from a file or a client as a terminal or a log may show it: each such character is U+FFFD. */
export function escapeControls(text: string): string {
  return text.replace(CONTROLS, '\ufffd');
}
