import { record, text } from "../../model/json";
import type { KubeObject } from "../kube-object";

/** Of a Service that is only a name: its parts. */
function partsOf({ body }: KubeObject): readonly string[] {
  return (text(record(body.spec).externalName) ?? "").toLowerCase().replace(/\.$/, "").split(".");
}

/** Whether a Service is only a name, and that a name of the cluster. */
export function isInternalName(service: KubeObject): boolean {
  const parts = partsOf(service);
  return record(service.body.spec).type === "ExternalName" && (parts[2] === "svc" || parts.at(-1) === "local");
}

/** The Service that one is only another name of, found by `namespace/name`; else itself. */
export function followName(service: KubeObject, find: (key: string) => KubeObject | undefined): KubeObject {
  const [name = "", namespace = ""] = partsOf(service);
  return (isInternalName(service) && find(`${namespace}/${name}`)) || service;
}
