/** What the pods of control plane components are started with, under the name of each: the flags that hold the pattern. No label of theirs is the same everywhere. */
export function flagsCommand(components: string, pattern: string): string {
  const flags = `.spec.containers[] | (.command, .args)[]? | select(test("${pattern}"))`;
  return `kubectl -n kube-system get pods -o json | jq -r '.items[] | select(.metadata.name | test("^(${components})-")) | .metadata.name, (${flags})'`;
}

/** How to read it, after a sentence that says what fails. */
export function flagsLookFor(failing: string): string {
  return `${failing} Each pod is followed by its flags of this kind; one that is not listed has its default. No output: the control plane does not run as pods of this cluster, and its provider sets the flags; with K3s, the annotation k3s.io/node-args of its servers holds those that were given.`;
}

/** The change, and where it is made. */
export function flagsFix(change: string, component: "etcd" | "kube-apiserver" | "kube-controller-manager" | "kube-scheduler"): string {
  return `${change} With kubeadm these flags are in /etc/kubernetes/manifests/${component}.yaml on each control plane node. The kubelet restarts the component as soon as that file is saved: change one node at a time, and mount every file that a flag names into its pod.`;
}
