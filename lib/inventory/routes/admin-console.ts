import { text } from "../../model/json";
import { remembered, rememberedOf } from "../../model/remembered";
import { ADMIN_CONSOLES } from "../data/admin-consoles";
import { splitImageReference } from "../images/image-reference";
import type { Container } from "../workloads/workload";

/** One look for all of them: nearly no image is any. */
const ANY = new RegExp(ADMIN_CONSOLES.map(({ image }) => image.source).join("|"));
const nameOf = (path: string): string | null => (ANY.test(path) ? (ADMIN_CONSOLES.find(({ image }) => image.test(path))?.name ?? null) : null);
const consoleOf = remembered(nameOf, { limit: 10_000 });

/** The management interface that an image is, by the end of its repository; null = none that is known. */
function findAdminConsole(image: unknown): string | null {
  const path = splitImageReference(text(image) ?? "")?.path;
  return path === undefined ? null : consoleOf(path);
}

interface AdminContainer {
  readonly container: Container;
  readonly console: string;
}

/** The containers of a pod that are management interfaces. */
export function listAdminContainers(containers: readonly Container[]): readonly AdminContainer[] {
  return containers.flatMap((container) => {
    const console = container.list === "containers" || container.isSidecar ? findAdminConsole(container.spec.image) : null;
    return console === null ? [] : [{ container, console }];
  });
}

/** The first of them. */
export const findAdminContainer = rememberedOf((containers: readonly Container[]): AdminContainer | null => listAdminContainers(containers)[0] ?? null);
