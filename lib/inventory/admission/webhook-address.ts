import { amount, isRecord, record, text } from "../../model/json";
import type { Webhook } from "./security-webhook";

/** Where a webhook is answered. */
export interface WebhookAddress {
  /** Outside of the cluster. */
  readonly url: string | null;
  /** `namespace/name` of the Service that is named. */
  readonly serviceName: string | null;
  /** Of that Service. */
  readonly port: number;
}

const HTTPS_PORT = 443;

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;
const SERVICE_HOST = /^([^.]+)\.([^.]+)\.svc(?:\.[a-z0-9.-]+)?$/;

/** A URL may lead to the machine of the API server itself, or by name to a Service: neither is outside of the cluster. */
export function addressOf({ spec }: Pick<Webhook, "spec">): WebhookAddress {
  const config = record(spec.clientConfig);
  if (isRecord(config.service)) {
    const { namespace, name, port } = config.service;
    return { url: null, serviceName: `${text(namespace) ?? "default"}/${text(name) ?? ""}`, port: amount(port) ?? HTTPS_PORT };
  }
  const url = text(config.url) ?? null;
  const parsed = url && URL.canParse(url) ? new URL(url) : null;
  const host = parsed?.hostname ?? "";
  const port = Number(parsed?.port) || HTTPS_PORT;
  if (LOOPBACK.test(host)) return { url: null, serviceName: null, port };
  const [, name, namespace] = SERVICE_HOST.exec(host) ?? [];
  return name === undefined ? { url, serviceName: null, port } : { url: null, serviceName: `${namespace}/${name}`, port };
}
