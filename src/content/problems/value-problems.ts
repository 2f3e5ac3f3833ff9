import { notice, warning } from './problem-template.ts';

/** What can be wrong with one key or value of the front matter. */
export const valueProblems = {
  TEMPLATE_LEFT_OUT: notice(
    '`{tag}` belongs to another tool and was left out of the text.',
    null,
    'Nothing, if readers can do without it; otherwise write it in Markdown.',
  ),
  FRAME_LINKED: notice(
    'The `{tag}` from `{host}` was replaced by a link: the host is not in EMBED_HOSTS.',
    null,
    'Nothing, if a link will do; otherwise add `{host}` to EMBED_HOSTS and use an https address.',
  ),
  VISIBILITY_NOT_BOOLEAN: warning(
    '`{key}` says neither yes nor no, so the article is hidden.',
    '`true` or `false`, without quotes',
    'Write `{key}: true` or `{key}: false`.',
  ),
  VISIBILITY_QUOTED: notice(
    '`{key}` is text and was read as `{flag}`.',
    '`true` or `false`, without quotes',
    'Write `{key}: {flag}`.',
  ),
  STATUS_UNKNOWN: warning(
    '`{key}` is not a known state, so the article is hidden.',
    'for a public article, one of {states}',
    'Write one of these, or `draft` to hide it.',
  ),
  VISIBILITY_KEY_MISSPELT: warning(
    '`{key}` looks like `{known}`, so the article is hidden.',
    '`{known}`',
    'Write the key as `{known}`.',
  ),
  VISIBILITY_KEY_NESTED: warning(
    '`{key}` is nested under another key and says that the article is hidden, so it is.',
    '`{known}` at the beginning of a line',
    'Remove the indent; if it is about something else, rename it.',
  ),
  TEXT_EXPECTED: warning('The value is {found}.', 'text', 'Write text, in quotes if necessary.'),
  TEXT_UNSAFE: warning(
    'The text has control characters or half a character.',
    'printable text',
    'Delete the escapes such as `\\0`.',
  ),
  TEXT_TOO_LONG: warning('The text has {length} characters.', 'at most {limit} characters', 'Shorten it.'),
  LIST_TOO_LONG: warning(
    'The list has {count} entries; the first {limit} were used.',
    'at most {limit} entries',
    'List only those that matter most.',
  ),
  NUMBER_INVALID: warning(
    'The value is not a whole number from {least} to {most}.',
    'a whole number from {least} to {most}',
    'Write such a number in digits.',
  ),
  FLOAT_INVALID: warning(
    'The value is not a number.',
    'a number such as `4`, `-0.5` or `1.2e6`',
    'Write a number in digits, with a point before the fraction.',
  ),
  ENUM_UNKNOWN: warning(
    'The value is not one of those allowed for the key.',
    'one of {values}',
    '{hint}Write one of these.',
  ),
  KEY_REQUIRED: warning('`{key}` is missing.', '`{key}`', 'Add `{key}`.'),
  TERM_WITHOUT_NAME: warning(
    'The entry has no name and was left out.',
    'a name, or `name` with one',
    'Give it a `name`.',
  ),
  REFERENCE_INVALID: warning(
    'The value cannot lead to an article.',
    'a slug, a path of the site, a path of a file such as `../notes/first-frost.md`, or a URL',
    'Write one of these.',
  ),
  BOOLEAN_INVALID: warning(
    'The value is not a YAML boolean.',
    '`true` or `false`, without quotes',
    'Write `true` or `false`.',
  ),
  DATE_INVALID: warning(
    'There is no such day or time.',
    'a day that the calendar has and a time from 00:00:00 to 23:59:59',
    'Correct the day, the month or the time.',
  ),
  DATE_FORM_UNKNOWN: warning(
    'The format of this date is not known.',
    'a date such as `2024-02-21`, `2024-02-21T09:01:00+08:00` or `21 Feb 2024`',
    'Write it as `YYYY-MM-DD` or `YYYY-MM-DDTHH:mm:ssZ`.',
  ),
  DATE_AMBIGUOUS: warning(
    'This date can be read with the day first or with the month first.',
    'a date such as `2024-02-21` or `21 Feb 2024`',
    'Write it as `YYYY-MM-DD`.',
  ),
  URL_INVALID: warning(
    'The value is not an absolute http(s) URL without a password.',
    'a URL such as `https://example.org/page`',
    'Write the whole address, beginning with `https://`.',
  ),
  SITE_PATH_INVALID: warning(
    'The value is not a path within the site, so the slug is used instead.',
    'a path such as `/notes/first-frost/`, up to 1,024 bytes, without `.` or `..` parts',
    'Write the part of the address that follows the host.',
  ),
  SITE_PATH_NOT_USED: notice(
    'The value is {found}, so the article has its default path.',
    'a path such as `/notes/first-frost/`',
    'Nothing, if the default path will do; otherwise write the path itself.',
  ),
  LOCALE_INVALID: warning(
    'The value is not a language tag.',
    'a language such as `fr`, with a script or a region if need be, such as `pt-BR`',
    'Write the code of the language.',
  ),
  DOMAIN_INVALID: warning(
    'The value is not a domain.',
    'a domain such as `example.org`',
    'Write the host name only.',
  ),
  SLUG_INVALID: warning(
    'The slug cannot be used, so the path is used instead.',
    'up to 1,024 bytes without control characters, empty, `.` or `..` parts',
    'Write letters, digits, `-` and `/`.',
  ),
  SECURED_INVALID: warning(
    'The value is not a secured body.',
    '`v2:<base64>`, or `<base64 of blocks of 16 bytes>;<base64 of 16 bytes>`',
    'Paste the whole value again, on one line, in quotes.',
  ),
  MAPPING_EXPECTED: warning('The value is {found}.', 'keys and values', 'Write the keys below it, indented.'),
  IMAGE_WITHOUT_URL: warning(
    'The image has no usable URL and was left out.',
    '`url` with an absolute http(s) URL',
    'Give it a `url`.',
  ),
  LINK_WITHOUT_TARGET: warning(
    'The related link has neither a title nor a usable URL and was left out.',
    '`title` or `webUrl`',
    'Give it a `webUrl`.',
  ),
  PROVIDER_WITHOUT_NAME: warning(
    'The provider has neither a name nor a usable domain and was left out.',
    '`name` or `domain`',
    'Give it a `name`.',
  ),

  UNKNOWN_KEY: notice(
    'It is not a known key, so it was ignored.',
    null,
    '{hint}A key for another purpose may stay.',
  ),
  ALIAS_NOT_USED: notice(
    'It is an alias of `{used}`, which is also present and was used.',
    'one of the two',
    'Both may stay if `{used}` is the one that you mean.',
  ),
  NAME_REPEATED: notice('The {thing} stands twice in the list.', 'each {thing} once', 'Name it once.'),
  TITLE_FROM_FILE_NAME: notice(
    'There is no title, no heading and no sentence, so the file name is the title.',
    '`title`',
    'Give it a `title`.',
  ),
  PROBLEMS_LEFT_OUT: notice(
    'The file has {count} more problems.',
    null,
    'Fix those that are listed, and check again.',
  ),
};
