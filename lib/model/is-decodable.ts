/** Whether every percent sign of a part of an address begins a character that `decodeURIComponent` can read. */
export function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
