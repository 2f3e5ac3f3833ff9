/**
 * Math between single dollars, at `lastIndex` alone, with Pandoc's rule (https://pandoc.org/MANUAL.html#extension-tex_math_dollars):
 * what opens it is followed by no space, and the next dollar must end it, which follows no space and is followed by no digit. So
 * `$5 and $6` is none. A paragraph's end and 2,000 characters are its bounds.
 */
export const MATH_HERE = /\$(?![\s$])((?:[^$\\\n]|\\[^\n]|\n(?![ \t]{0,200}\n)){1,2000})(?<!\s)\$(?![\d$])/y;
