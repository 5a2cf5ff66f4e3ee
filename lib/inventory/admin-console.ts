import { text } from "../model/json";
import { ADMIN_CONSOLES } from "./data/admin-consoles";
import { parseImageReference } from "./image-reference";
import type { Container } from "./workload";

/** The management interface that an image is, by the end of its repository; null = none that is known. */
export function findAdminConsole(image: unknown): string | null {
  const reference = parseImageReference(text(image) ?? "");
  return reference ? (ADMIN_CONSOLES.find((console) => console.image.test(reference.path))?.name ?? null) : null;
}

/** The container of a pod that is a management interface. */
export function findAdminContainer(containers: readonly Container[]): { readonly container: Container; readonly console: string } | null {
  for (const container of containers) {
    const console = container.list === "containers" || container.isSidecar ? findAdminConsole(container.spec.image) : null;
    if (console) return { container, console };
  }
  return null;
}
