/** A namespace as policies see it. */
export interface PolicyNamespace {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** With the label that the API server gives each namespace, and that manifests leave out. */
export function toPolicyNamespace(name: string, labels: PolicyNamespace["labels"] = {}): PolicyNamespace {
  return { name, labels: { "kubernetes.io/metadata.name": name, ...labels } };
}
