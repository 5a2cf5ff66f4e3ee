import "server-only";
import type { ServedResource } from "./served-resource";

interface ObjectPage {
  /** JSON of the items without brackets, separated by commas, in the order of their names. */
  readonly items: Buffer;
  readonly count: number;
  /** Items after this page. */
  readonly remaining: number;
}

/** Where an API server's objects come from. */
export interface ObjectSource {
  /** The answer to `/version`. */
  readonly version: Readonly<Record<string, string>>;
  readonly resourceVersion: string;
  readonly resources: readonly ServedResource[];
  /** `namespace` null = all namespaces; `limit` 0 = everything. */
  page(resource: ServedResource, namespace: string | null, offset: number, limit: number): Promise<ObjectPage>;
  /** JSON of one object with its apiVersion and kind, or null. */
  find(resource: ServedResource, namespace: string | null, name: string): Promise<Buffer | null>;
}
