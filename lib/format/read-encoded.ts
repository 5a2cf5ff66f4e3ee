/** A part of an address, of which some browsers and libraries hand on encoded what others do not. What cannot be decoded stays as it is. */
export function readEncoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
