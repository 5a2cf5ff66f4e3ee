import { expect, it } from "vitest";
import type { JsonRecord } from "@/lib/model/json";
import { customResourcesCollector } from "./custom-resources";

const definition = (schema: JsonRecord): JsonRecord => ({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "issuers.example.com" },
  spec: { group: "example.com", names: { kind: "Issuer" }, versions: [{ name: "v1", served: true, additionalPrinterColumns: [], ...schema }] },
});
const kept = (properties: JsonRecord): unknown =>
  customResourcesCollector.project?.(definition({ schema: { openAPIV3Schema: { type: "object", description: "Issues.", properties } } }));

it("keeps of the schema of a kind the first field that may name a Secret, and nothing else", () => {
  const status = { type: "object", properties: { secretName: { type: "string" } } };
  const metadata = { type: "object", description: "No secret." };
  const size = { type: "integer", description: "Of secrets." };
  const secretRef = { type: "object", description: "Where its key is.", properties: { name: { type: "string" }, key: { type: "string" } } };
  const spec = {
    type: "object",
    properties: { size, signers: { type: "array", items: { type: "object", properties: { secretRef } } }, caSecret: { type: "string" } },
  };
  const field = { type: "object", description: "Where its key is." };
  const properties = { spec: { properties: { signers: { items: { properties: { secretRef: field } } } } } };
  expect(kept({ metadata, status, spec })).toEqual(definition({ schema: { openAPIV3Schema: { properties } }, additionalPrinterColumns: undefined }));
  const nothing = { schema: { openAPIV3Schema: { type: "object" } }, additionalPrinterColumns: undefined };
  expect(kept({ metadata, status, spec: { type: "object", properties: { size } } })).toEqual(definition(nothing));
  expect(customResourcesCollector.project?.(definition({}))).toEqual(definition({ additionalPrinterColumns: undefined }));
});
