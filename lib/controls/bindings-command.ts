/** Who is given what by the bindings for which a condition in jq holds, one a line: a ClusterRoleBinding is in no namespace. */
export function bindingsCommand(condition: string): string {
  const line =
    '"\\(.kind) \\(.metadata.namespace // "-")/\\(.metadata.name) gives \\(.roleRef.name) to \\([.subjects[]? | [.namespace // empty, .name] | join("/")] | join(", "))"';
  return `kubectl get clusterrolebindings,rolebindings -A -o json | jq -r '.items[] | select(${condition}) | ${line}'`;
}

/** Those with a subject for which a condition holds. */
export function subjectsCommand(condition: string): string {
  return bindingsCommand(`any(.subjects[]?; ${condition})`);
}
