import { showHidden } from "./show-hidden";

/** The name of a cluster, the same in the frame, under pages, in tabs, on cards and on paper: "harbour (demo)", "prod". */
export function clusterWords({ name, isDemo }: { readonly name: string; readonly isDemo: boolean }): string {
  return showHidden(isDemo ? `${name} (demo)` : name);
}
