/** What is said of a part of the page that `isUnloaded`. */
export const WHY_UNLOADED = "The server did not answer, or it was updated since the page was loaded.";

/** Whether a failure in the browser is that of a script that did not come. */
export function isUnloaded({ name }: Error): boolean {
  return name === "ChunkLoadError";
}
