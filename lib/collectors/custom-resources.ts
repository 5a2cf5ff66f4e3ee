import "server-only";
import { keepSecretField } from "@/lib/inventory/secrets/secret-schemas";
import { isRecord, type JsonRecord, record, records } from "@/lib/model/json";
import { defineCollector, kindsOf } from "./define-collector";

/** Schemas are most of a CustomResourceDefinition: all that is asked of them is whether its objects may name Secrets. */
function withoutSchemas(body: JsonRecord): JsonRecord {
  const spec = record(body.spec);
  if (!Array.isArray(spec.versions)) return body;
  const versions = records(spec.versions).map(({ schema, additionalPrinterColumns: _columns, ...version }) => {
    const { openAPIV3Schema } = record(schema);
    // That there is one says that its objects hold nothing else.
    return { ...version, ...(isRecord(openAPIV3Schema) && { schema: { openAPIV3Schema: keepSecretField(openAPIV3Schema) ?? { type: "object" } } }) };
  });
  return { ...body, spec: { ...spec, versions } };
}

export const customResourcesCollector = defineCollector({
  id: "custom-resources",
  kinds: kindsOf("apiextensions.k8s.io", ["v1"], [["customresourcedefinitions", "CustomResourceDefinition"]]),
  project: withoutSchemas,
});
