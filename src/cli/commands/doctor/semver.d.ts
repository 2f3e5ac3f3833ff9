/** The part of semver that is used; the package brings no types. */
declare module 'semver/functions/satisfies.js' {
  /** Whether a version is in a range: https://github.com/npm/node-semver#ranges */
  function satisfies(version: string, range: string): boolean;
  export = satisfies;
}
