/** "a, b and 3 more": the first names of a list, and how many there are besides. */
export function nameSome(names: readonly string[], most: number): string {
  const shown = names.slice(0, most).join(", ");
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
