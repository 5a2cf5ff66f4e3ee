/** Of the form of a control of one's own; an empty id = a new one. */
export function ownDraftName(cluster: string, id: string): string {
  return `own ${cluster} ${id}`;
}
