export interface Shortcut {
  readonly keys: readonly string[];
  readonly does: string;
}

/** What the help overlay lists. */
export const SHORTCUT_GROUPS: readonly { readonly title: string; readonly shortcuts: readonly Shortcut[] }[] = [
  {
    title: "Everywhere",
    shortcuts: [
      { keys: ["Ctrl K"], does: "Find anything (Cmd K on a Mac)" },
      { keys: ["c"], does: "Copy a link to this page" },
      { keys: ["Shift P"], does: "Present: larger, without navigation" },
      { keys: ["?"], does: "Show this help" },
      { keys: ["Esc"], does: "Close a menu or dialog, leave present mode" },
    ],
  },
  {
    title: "Lists",
    shortcuts: [
      { keys: ["j", "k"], does: "Next and previous row" },
      { keys: ["Enter"], does: "Open the row" },
      { keys: ["x"], does: "Select the row" },
      { keys: ["/"], does: "Filter; Esc leaves the field" },
    ],
  },
  { title: "Matrix", shortcuts: [{ keys: ["←", "→", "↑", "↓"], does: "Move between cells" }] },
  {
    title: "Finding",
    shortcuts: [
      { keys: ["p"], does: "Copy the patch" },
      { keys: ["Esc"], does: "Back to the list" },
    ],
  },
  {
    title: "Rings and charts",
    shortcuts: [
      { keys: ["←", "→"], does: "Move between rings, or along a chart" },
      { keys: ["Enter"], does: "Open the layer of the ring, or the moment on the chart" },
    ],
  },
];
