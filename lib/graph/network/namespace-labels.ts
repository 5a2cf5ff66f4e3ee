import { defineView } from "../../inventory/view";

export const NAME_LABEL = "kubernetes.io/metadata.name";

/** Labels of every namespace by name, with the name label that the API server always sets. */
export const namespaceLabelsView = defineView({
  reads: ["namespaces"],
  compute: ({ slices }): ReadonlyMap<string, Readonly<Record<string, string>>> =>
    new Map(slices.namespaces.map((n) => [n.ref.name, { ...n.labels, [NAME_LABEL]: n.ref.name }])),
});

/** A namespace that is not in the set still has its name label. */
export function labelsOf(labels: ReadonlyMap<string, Readonly<Record<string, string>>>, namespace: string): Readonly<Record<string, string>> {
  return labels.get(namespace) ?? { [NAME_LABEL]: namespace };
}
