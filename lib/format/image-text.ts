/**
 * Text for pictures that the server draws: their one font has Latin letters only, and a letter that it lacks would make the
 * drawing library ask the internet for another font. Cut to `max` letters.
 */
export function toImageText(text: string, max: number): string {
  const latin = text
    .replaceAll("→", "to")
    .replaceAll("−", "-")
    .replaceAll("…", "...")
    .replace(/[–—]/g, "-")
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[^\x20-\x7E]/g, "?");
  return latin.length <= max ? latin : `${latin.slice(0, max - 3).trimEnd()}...`;
}
