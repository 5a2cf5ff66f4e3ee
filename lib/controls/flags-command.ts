/** What the pods of a control plane component are started with, under the name of each: the flags that hold the pattern. */
export function flagsCommand(selector: string, pattern: string): string {
  return `kubectl -n kube-system get pods -l ${selector} -o yaml | grep -E -- '^    name: |${pattern}'`;
}

export const FLAGS_LOOK_FOR =
  "Each pod is followed by its flags of this kind; one that is missing has its default. No pod at all: the control plane is not in this cluster, and its provider sets them.";
