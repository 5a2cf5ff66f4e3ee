import { isRecord, record, text } from "../../model/json";
import type { Webhook } from "./security-webhook";

/** Where a webhook is answered. */
interface WebhookAddress {
  /** Outside of the cluster. */
  readonly url: string | null;
  /** `namespace/name` of the Service that is named. */
  readonly serviceName: string | null;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;
const SERVICE_HOST = /^([^.]+)\.([^.]+)\.svc(?:\.[a-z0-9.-]+)?$/;

/** A URL may lead to the machine of the API server itself, or by name to a Service: neither is outside of the cluster. */
export function addressOf({ spec }: Pick<Webhook, "spec">): WebhookAddress {
  const config = record(spec.clientConfig);
  if (isRecord(config.service)) return { url: null, serviceName: `${text(config.service.namespace) ?? "default"}/${text(config.service.name) ?? ""}` };
  const url = text(config.url) ?? null;
  const host = url && URL.canParse(url) ? new URL(url).hostname : "";
  if (LOOPBACK.test(host)) return { url: null, serviceName: null };
  const [, name, namespace] = SERVICE_HOST.exec(host) ?? [];
  return name === undefined ? { url, serviceName: null } : { url: null, serviceName: `${namespace}/${name}` };
}
