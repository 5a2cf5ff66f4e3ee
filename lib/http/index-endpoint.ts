import { z } from "zod";
import { define, nothing } from "./define-endpoint";

/** Where somebody who knows nothing but the address of the API begins. */
export const API_INDEX = { openapi: "/api/v1/openapi.json", clusters: "/api/v1/clusters" };

export const INDEX_ENDPOINTS = {
  getIndex: define({
    method: "GET",
    path: "",
    role: "viewer",
    summary: "Where to begin: the document that describes this API, and the clusters",
    params: nothing,
    query: nothing,
    response: z.object({ openapi: z.string(), clusters: z.string() }),
  }),
} as const;
