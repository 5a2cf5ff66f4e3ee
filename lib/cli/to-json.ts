/**
 * JSON that a log of CI may hold: runners act upon `##[` and `##vso[` anywhere in a line, and names and values of manifests hold whatever somebody wrote.
 * It is read back as the same.
 */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replaceAll("##", "#\\u0023");
}
