/** "2026-12-24T19:00", on the clock of here: what `<input type="datetime-local">` holds. Empty without a time. */
export function toLocalField(at: string | undefined): string {
  if (at === undefined) return '';
  const time = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [String(time.getFullYear()).padStart(4, '0'), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${day}T${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** ISO 8601 in UTC, or null where the field is empty. */
export function fromLocalField(value: string): string | null {
  const time = new Date(value);
  return value === '' || Number.isNaN(time.getTime()) ? null : time.toISOString();
}
