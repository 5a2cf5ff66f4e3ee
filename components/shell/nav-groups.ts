import { clusterOf } from "./posture-search";
import type { NavKey } from "./shell-data";

export interface NavPage {
  readonly key: NavKey;
  readonly label: string;
  /** Below /c/<slug>. */
  readonly path: string;
}

/** Only pages that exist. */
export const NAV_GROUPS: readonly { readonly title: string; readonly pages: readonly NavPage[] }[] = [
  {
    title: "Posture",
    pages: [
      { key: "overview", label: "Overview", path: "" },
      { key: "layers", label: "Layers", path: "/layers" },
      { key: "findings", label: "Findings", path: "/findings" },
      { key: "resources", label: "Resources", path: "/resources" },
      { key: "controls", label: "Controls", path: "/controls" },
      { key: "frameworks", label: "Frameworks", path: "/frameworks" },
    ],
  },
  {
    title: "Explore",
    pages: [
      { key: "who-can", label: "Who can", path: "/who-can" },
      { key: "network", label: "Network", path: "/network" },
      { key: "admission", label: "Admission", path: "/admission" },
      { key: "pod-security", label: "Pod Security", path: "/pod-security" },
    ],
  },
  {
    title: "Work",
    pages: [
      { key: "compare", label: "Compare", path: "/compare" },
      { key: "snapshots", label: "Snapshots", path: "/snapshots" },
    ],
  },
  {
    title: "System",
    pages: [
      { key: "sources", label: "Sources", path: "/sources" },
      { key: "settings", label: "Settings", path: "/settings" },
    ],
  },
];

/** The page that an address below a cluster belongs to. */
export function findNavKey(pathname: string): NavKey | null {
  if (clusterOf(pathname) === null) return null;
  const rest = pathname.replace(/^\/c\/[^/]+/, "");
  const pages = NAV_GROUPS.flatMap((group) => group.pages);
  if (rest === "" || rest === "/") return "overview";
  return pages.find((page) => page.path !== "" && (rest === page.path || rest.startsWith(`${page.path}/`)))?.key ?? null;
}
