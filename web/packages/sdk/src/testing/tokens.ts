/** A token that nobody signed. */
export function sampleToken(claims: object): string {
  const part = (value: object): string => {
    const bytes = new TextEncoder().encode(JSON.stringify(value));
    return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  };
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.sig`;
}
