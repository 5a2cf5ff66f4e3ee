import type { Container } from "./workload";

/** How messages name a container: its name, else its place. */
export function containerLabel({ name, list, index }: Pick<Container, "name" | "list" | "index">): string {
  return name || `${list}[${index}]`;
}
