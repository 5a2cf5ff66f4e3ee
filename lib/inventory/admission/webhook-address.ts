import { amount, isRecord, record, records, text } from "../../model/json";
import type { KubeObject } from "../kube-object";
import type { Webhook } from "./security-webhook";

/** Where a webhook is answered. */
export interface WebhookAddress {
  /** Outside of the cluster. */
  readonly url: string | null;
  /** `namespace/name` of the Service that is named. */
  readonly serviceName: string | null;
  /** Of that Service. */
  readonly port: number;
  /** What the certificate of what answers must be for; empty where nothing is named. */
  readonly host: string;
  /** A URL: the name system of the machine says where it leads, and the API server has no part in that. */
  readonly isUrl: boolean;
}

const HTTPS_PORT = 443;

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;
const SERVICE_HOST = /^([^.]+)\.([^.]+)\.svc(?:\.[a-z0-9.-]+)?$/;

/** A Service that has no address of its own: its name stands for its pods. */
function isHeadless({ body }: KubeObject): boolean {
  const { type, clusterIP } = record(body.spec);
  return type !== "ExternalName" && clusterIP === "None";
}

/** The name that a Service stands for, where it is nothing more than another name. */
export function otherNameOf({ body }: KubeObject): string | null {
  const { type, externalName } = record(body.spec);
  return type === "ExternalName" ? (text(externalName) ?? "") : null;
}

/** Whether the API server calls a Service of this sort: without routing of its own only what has an address, or is another name, and with it only what has pods. Null = it does not show which. */
export function isCallable(service: KubeObject, routes: boolean | null): boolean | null {
  if (isHeadless(service)) return routes;
  return otherNameOf(service) === null || routes !== true;
}

/** Whether the address that a webhook names is there, as the API server looks it up in a Service, or the machine in its name. */
export function hasPort(service: KubeObject, { port, isUrl }: WebhookAddress): boolean {
  // Another name leads past its ports, and so does one that stands for pods where the machine looks it up.
  if (otherNameOf(service) !== null || (isUrl && isHeadless(service))) return true;
  return records(record(service.body.spec).ports).some((item) => item.port === port);
}

/** Whether a name is that of a Service, which leads to no machine outside of the cluster. */
export function isServiceHost(host: string): boolean {
  return SERVICE_HOST.test(host);
}

/** A URL may lead to the machine of the API server itself, or by name to a Service: neither is outside of the cluster. */
export function addressOf({ spec }: Pick<Webhook, "spec">): WebhookAddress {
  const config = record(spec.clientConfig);
  if (isRecord(config.service)) {
    const { namespace, name, port } = config.service;
    const [place, called] = [text(namespace) ?? "default", text(name) ?? ""];
    return { url: null, serviceName: `${place}/${called}`, port: amount(port) ?? HTTPS_PORT, host: `${called}.${place}.svc`, isUrl: false };
  }
  const url = text(config.url) ?? null;
  const parsed = url && URL.canParse(url) ? new URL(url) : null;
  const host = parsed?.hostname ?? "";
  const port = Number(parsed?.port) || HTTPS_PORT;
  if (LOOPBACK.test(host)) return { url: null, serviceName: null, port, host, isUrl: true };
  const [, name, namespace] = SERVICE_HOST.exec(host) ?? [];
  return name === undefined ? { url, serviceName: null, port, host, isUrl: true } : { url: null, serviceName: `${namespace}/${name}`, port, host, isUrl: true };
}
