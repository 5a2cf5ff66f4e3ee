import { type JsonRecord, record, textMap } from "../model/json";
import { type ResourceRef, toResourceRef } from "../model/resource-ref";
import type { Scope } from "../model/verdict";

/** A Kubernetes object as the controls see it: named, labelled, its body of any shape. */
export interface KubeObject {
  readonly ref: ResourceRef;
  readonly body: JsonRecord;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly scope: Scope;
}

export function toKubeObject(body: JsonRecord, scopeOf: (ref: ResourceRef, body: JsonRecord) => Scope): KubeObject {
  const metadata = record(body.metadata);
  const ref = toResourceRef(body);
  return { ref, body, labels: textMap(metadata.labels), annotations: textMap(metadata.annotations), scope: scopeOf(ref, body) };
}
