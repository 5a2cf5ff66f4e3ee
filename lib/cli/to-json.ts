import { toEscape } from "./lay-out";

const ACTED_UPON = /(?<=#)#|[\u007f-\u009f]/g;

/**
 * JSON that a log of CI or a terminal may hold: runners act upon `##[` and `##vso[` anywhere in a line, terminals upon controls that JSON takes as they are,
 * and names and values of manifests hold whatever somebody wrote. It is read back as the same.
 */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(ACTED_UPON, toEscape);
}
