import { z } from "zod";

/** viewer < triager < admin: who may do more may do less. */
export type Role = "viewer" | "triager" | "admin";

export interface EndpointSpec {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below /api/v1, with `{name}` for parameters. */
  readonly path: string;
  readonly role: Role;
  readonly summary: string;
  readonly params: z.ZodType;
  readonly query: z.ZodType;
  /** Left out = the request has none. */
  readonly body?: z.ZodType;
  readonly response: z.ZodType;
  /** The answer does not end: it is server-sent events, each with a `response` as its data. */
  readonly isStream?: true;
  /** `?format=csv` gives the same as a table. */
  readonly hasTable?: true;
}

export function define<const S extends EndpointSpec>(spec: S): S {
  return spec;
}

export const nothing = z.strictObject({});

export const clusterParams = z.object({ cluster: z.string().max(100) });
