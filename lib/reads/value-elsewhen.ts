import { renderValue } from "@/lib/engine/render-value";
import { parsePath, readPath } from "@/lib/model/field-path";
import { list, record } from "@/lib/model/json";
import type { Evidence } from "@/lib/model/verdict";

const CONTAINERS = /^((?:.*\.)?(?:containers|initContainers|ephemeralContainers))\[\d+\](.*)$/;

/**
 * The value that a field of an evidence has in another version of its object, as evidence shows values unless `render` says more; null = not set. Undefined
 * where nobody can tell: containers are found by their names, and no other item of a list is the same one only because it has the same place.
 */
export function valueElsewhen(manifest: unknown, { path, container, object, source }: Evidence, render = renderValue): string | null | undefined {
  if (path === "" || object !== undefined || source === "runtime" || manifest === null || manifest === undefined) return undefined;
  const [, containers, rest = ""] = CONTAINERS.exec(path) ?? [];
  if (containers === undefined) return hasPlace(path) ? undefined : render(readPath(manifest, path));
  if (container === undefined || hasPlace(containers) || hasPlace(rest)) return undefined;
  const found = list(readPath(manifest, containers)).find((item) => record(item).name === container);
  return found === undefined ? undefined : render(rest === "" ? found : readPath(found, rest));
}

const hasPlace = (path: string): boolean => parsePath(path).some((step) => typeof step === "number" || step === "-");
