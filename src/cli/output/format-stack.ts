/** Causes behind an error that are shown, and lines of each. */
const MAX_CAUSES = 3;
const MAX_LINES = 30;

/** What was thrown, where, and what caused it, a line each: a message is one, whatever a file or a client put into it. */
export function formatStack(thrown: unknown): string[] {
  const lines: string[] = [];
  let error = thrown;
  for (let causes = 0; causes <= MAX_CAUSES && error !== undefined; causes += 1) {
    const [first = '', ...places] = linesOf(error);
    lines.push(causes === 0 ? first : `caused by ${first}`, ...places.slice(0, MAX_LINES));
    error = error instanceof Error ? error.cause : undefined;
  }
  return lines;
}

function linesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)];
  const { name, message, stack = '' } = error;
  const places = stack.slice(Math.max(stack.indexOf(message), 0) + message.length).split('\n');
  return [`${name}: ${message}`, ...places.filter((line) => /^ {4}at /.test(line))];
}
