/** Signs that turn the direction of what comes after them, and would do so to everything else on the line. */
const kTurns = /[\u202a-\u202e\u2066-\u2069]/gu;
/** Hebrew, Arabic and the other scripts that are written from right to left. */
const kRightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** A name or a title as it is shown. */
export function plain(name: string): string {
  return name.replace(kTurns, '');
}

/** The same within a sentence, which keeps its order around it. Signs that cannot be seen are put in only where they do something. */
export function isolated(name: string): string {
  const clean = plain(name);
  const isAlike = globalThis.document?.documentElement.dir !== 'rtl' && !kRightToLeft.test(clean);
  return isAlike ? clean : `\u2068${clean}\u2069`;
}
