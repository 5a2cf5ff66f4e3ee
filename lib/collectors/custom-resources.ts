import "server-only";
import { type JsonRecord, record, records } from "@/lib/model/json";
import { defineCollector, kindsOf } from "./define-collector";

/** Schemas are most of a CustomResourceDefinition, and nothing reads them. */
function withoutSchemas(body: JsonRecord): JsonRecord {
  const spec = record(body.spec);
  if (!Array.isArray(spec.versions)) return body;
  const versions = records(spec.versions).map(({ schema: _schema, additionalPrinterColumns: _columns, ...version }) => version);
  return { ...body, spec: { ...spec, versions } };
}

export const customResourcesCollector = defineCollector({
  id: "custom-resources",
  kinds: kindsOf("apiextensions.k8s.io", ["v1"], [["customresourcedefinitions", "CustomResourceDefinition"]]),
  project: withoutSchemas,
});
