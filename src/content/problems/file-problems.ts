import { error, notice, warning } from './problem-template.ts';

/** What can be wrong with a file, or with its front matter as a whole. */
export const fileProblems = {
  FILE_NAME_INVALID: error(
    'The name is not valid UTF-8 or has control characters.',
    'a name in UTF-8',
    'Rename the file or folder.',
  ),
  LINK_OUTSIDE: error(
    'The link leads out of the content folder.',
    'a link to something inside the folder',
    'Copy the target into the folder.',
  ),
  LINK_BROKEN: error(
    'The link is broken.',
    'a link to something inside the folder',
    'Restore the target or delete the link.',
  ),
  LINK_CYCLE: error(
    'The link leads to a folder that it is in.',
    'a link to another folder',
    'Delete the link.',
  ),
  LINK_NESTED: error(
    'A linked folder has a link to a folder in it, which is not followed.',
    'one link deep',
    'Link to the last folder directly.',
  ),
  TOO_DEEP: error(
    'It is more than {limit} folders deep and is not read.',
    'at most {limit} nested folders',
    'Move it to a folder higher up.',
  ),
  NOT_A_FILE: error(
    'It is named like an article but is {found}, not a regular file.',
    'a regular file',
    'Rename it or move it away.',
  ),
  UNREADABLE: error(
    'It cannot be read ({reason}).',
    'read permission',
    'Give the gateway permission to read it, or check the disk.',
  ),
  FILE_TOO_LARGE: error(
    'The file has {size} bytes.',
    'at most {limit} bytes',
    'Split the article, and keep images in files of their own.',
  ),
  FILE_CHANGING: error(
    'The file changed while it was read.',
    'a file that is not being written',
    'Write to another name and rename the file when it is complete.',
  ),
  FILE_SET_ASIDE: error(
    'Reading it {harm}, so it was set aside.',
    null,
    'Make it shorter or simpler; it is tried again when it has changed.',
  ),
  NOT_UTF8: error('The file is not valid UTF-8.', 'UTF-8', 'Save the file as UTF-8.'),
  NUL_BYTE: error(
    'The file has NUL bytes.',
    'text in UTF-8',
    'Save the file as UTF-8 text; it may be UTF-16 or no text at all.',
  ),
  EMPTY_FILE: notice(
    'The file is empty, so its article is its name alone, or what it was before the file was emptied.',
    'front matter, a body, or both',
    'Write the article or delete the file.',
  ),
  PATH_TOO_LONG: error(
    'The path is too long to be a slug.',
    'at most 1,024 bytes',
    'Shorten the names of the file and of its folders.',
  ),

  FRONT_MATTER_LANGUAGE: error(
    'The first line asks for front matter in a language that is not read.',
    'YAML, TOML or JSON',
    'Write the front matter in YAML between two lines `---`. Code in front matter is never run.',
  ),
  FRONT_MATTER_UNCLOSED: error(
    'The front matter begins and never ends.',
    'a line like the first after the last key, or the brace that closes the object',
    'Add the closing line; a body that begins with a rule can use `***`.',
  ),
  FRONT_MATTER_SYNTAX: error(
    'The front matter is not valid {language}: {reason}.',
    'valid {language}',
    'Fix this line; in YAML, put quotes around text that contains `: ` or ` #`.',
  ),
  FRONT_MATTER_DUPLICATE_KEY: error(
    'A key appears twice in the front matter.',
    'each key once',
    'Keep the one that you mean.',
  ),
  FRONT_MATTER_NOT_MAPPING: error(
    'The front matter is {found}.',
    'lines of `key: value`',
    'Write `key: value` lines between the two lines `---`.',
  ),
  FRONT_MATTER_TOO_COMPLEX: error(
    'The front matter is too large, too deep, or refers to itself once its aliases are followed.',
    'at most {limit} values',
    'Write values out instead of using `&anchors` and `*aliases`.',
  ),
  FRONT_MATTER_TOO_LARGE: error(
    'The front matter is too large.',
    'at most {limit} characters, without thousands of blank ones in a row',
    'Move text into the body.',
  ),
  FRONT_MATTER_HIDES: warning(
    'It cannot be read, but a line of it (`{key}`) says that the article is hidden, so no earlier version is served.',
    'front matter that can be read',
    'Fix the problem above.',
  ),
  FRONT_MATTER_IN_BODY: warning(
    'The body begins with what looks like front matter, so the article is hidden.',
    'front matter on the first line, between two lines `---`',
    'Move the block to the very first line, in YAML between two lines `---`; of a header without them each line is `Key: value`, and a blank one ends it.',
  ),
  MDX_INVALID: notice(
    'The text is not valid MDX: {reason}. Its tags are read as HTML, and its braces are shown.',
    'MDX',
    'Fix it, write `\\<` and `\\{` for characters that are text, or name the file `.md`.',
  ),
  MDX_TOO_LONG: notice(
    'The text is longer than what is read as MDX. Its tags are read as HTML, and its braces are shown.',
    '128 KiB, with a blank line in every 32 KiB',
    'Split it, or take out its tags and braces and name the file `.md`.',
  ),
};
