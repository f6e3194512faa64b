// Pure: where a restream goes, as somebody types it, and what is sent of it.

export interface Destination {
  /** Of this row, whatever is typed in it. */
  id: number;
  url: string;
  key: string;
}

export type DestinationProblem = 'missing' | 'scheme' | 'host' | 'signs' | 'long' | 'twice';

export const kMostDestinations = 5;
const kMostSigns = 1000;

/** As the platforms mean it: the key is the end of the address, for SRT its stream id. */
export function addressOf({ url, key }: Pick<Destination, 'url' | 'key'>): string {
  const [address, secret] = [url.trim(), key.trim()];
  if (secret === '') return address;
  if (/^srt:/i.test(address)) return `${address}${address.includes('?') ? '&' : '?'}streamid=${secret}`;
  return `${address.replace(/\/+$/, '')}/${secret}`;
}

const isEmpty = ({ url, key }: Destination): boolean => url.trim() === '' && key.trim() === '';

/** What can be sent. Empty rows are nobody's mistake, unless there is nothing else. */
export function addressesOf(rows: readonly Destination[]): string[] {
  return rows.filter((row) => !isEmpty(row)).map((row) => lowerScheme(addressOf(row)));
}

/** By row; none: all of it can be sent. */
export function problemsOf(rows: readonly Destination[]): Map<number, DestinationProblem> {
  const found = new Map<number, DestinationProblem>();
  const seen = new Set<string>();
  const filled = rows.filter((row) => !isEmpty(row));
  for (const row of filled.length > 0 ? filled : rows.slice(0, 1)) {
    const address = lowerScheme(addressOf(row));
    const problem = problemOf(row, address) ?? (seen.has(address) ? 'twice' : undefined);
    if (problem) found.set(row.id, problem);
    seen.add(address);
  }
  return found;
}

function problemOf({ url }: Destination, address: string): DestinationProblem | undefined {
  if (url.trim() === '') return 'missing';
  if (!/^(rtmps?|srt):\/\//.test(address)) return 'scheme';
  if (!/^[a-z]+:\/\/[A-Za-z0-9]/.test(address)) return 'host';
  if (!/^[!-~]*$/.test(address)) return 'signs';
  return address.length > kMostSigns ? 'long' : undefined;
}

/** People write `RTMP://`, and mean the same. */
function lowerScheme(address: string): string {
  return address.replace(/^[a-z]+:/i, (scheme) => scheme.toLowerCase());
}
