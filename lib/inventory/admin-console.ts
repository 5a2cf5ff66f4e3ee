import { text } from "../model/json";
import { ADMIN_CONSOLES } from "./data/admin-consoles";
import { parseImageReference } from "./image-reference";
import type { Container } from "./workload";

/** What was found of each path: a cluster runs few images, many times. */
const consoleOf = new Map<string, string | null>();
const MAX_PATHS = 10_000;

/** The management interface that an image is, by the end of its repository; null = none that is known. */
export function findAdminConsole(image: unknown): string | null {
  const path = parseImageReference(text(image) ?? "")?.path;
  if (path === undefined) return null;
  const known = consoleOf.get(path);
  if (known !== undefined) return known;
  const found = ADMIN_CONSOLES.find((console) => console.image.test(path))?.name ?? null;
  if (consoleOf.size >= MAX_PATHS) consoleOf.clear();
  consoleOf.set(path, found);
  return found;
}

/** The container of a pod that is a management interface. */
export function findAdminContainer(containers: readonly Container[]): { readonly container: Container; readonly console: string } | null {
  for (const container of containers) {
    const console = container.list === "containers" || container.isSidecar ? findAdminConsole(container.spec.image) : null;
    if (console) return { container, console };
  }
  return null;
}
