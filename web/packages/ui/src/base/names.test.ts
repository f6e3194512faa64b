import { describe, expect, it } from 'vitest';
import { isolated, plain } from './names.js';

describe('names', () => {
  it('turn nothing around: neither themselves nor what comes after them', () => {
    expect(plain('Mallory\u202egnp.exe')).toBe('Mallorygnp.exe');
    expect(plain('\u2067A\u2066n\u2069n\u202aa\u202c')).toBe('Anna');
  });

  it('stay what they are otherwise', () => {
    for (const name of ['Zoë', 'محمد', '李', '👩‍👩‍👧', 'O\u2019Brien']) expect(plain(name)).toBe(name);
  });

  it('are set apart in a sentence where they are written the other way', () => {
    expect(`${isolated('محمد')} 3`).toBe('\u2068محمد\u2069 3');
    expect(isolated('Anna')).toBe('Anna');
    expect(isolated('\u202eשרה')).toBe('\u2068שרה\u2069');
  });
});
