/** A valid object name from any text: lower case, at most 63 characters. */
export function toObjectName(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, "-")
      .replace(/^-+/, "")
      .slice(0, 63)
      .replace(/-+$/, "") || "unnamed"
  );
}
