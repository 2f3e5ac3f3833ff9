/** The order key of a time that is missing or past all that four digits of a year can name: greater than that of any other. */
export const AFTER_ALL_TIMES = '9999-12-31T23:59:59.999Z~';
