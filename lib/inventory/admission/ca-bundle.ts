import { record, text } from "../../model/json";
import { remembered } from "../../model/remembered";
import { createdAtOf } from "../nodes/node-pools";
import { type Certificate, readCertificate } from "../values/certificate";
import { fromBase64, readPem } from "../values/der";
import type { Webhook } from "./security-webhook";
import type { WebhookAddress } from "./webhook-address";

/** The API server itself, which it trusts by no bundle. */
const isItself = ({ host, port }: WebhookAddress): boolean => host === "kubernetes.default.svc" && port === 443;

const ADDRESS = /^(?:\d+(?:\.\d+){3}|\[.*\])$/;

/** Webhooks of one engine have the same bundle; null = it is not shown. */
const readBundle = remembered(
  (encoded): readonly Certificate[] | null => {
    const written = fromBase64(encoded);
    return written === null ? null : readPem(written, "CERTIFICATE").flatMap((block) => readCertificate(block) ?? []);
  },
  { limit: 200 },
);

/** Whether a certificate is for a host, which may then have it as its own: a star stands for the first part of a name. */
function isFor({ names, hasAddresses }: Certificate, host: string): boolean {
  if (ADDRESS.test(host)) return hasAddresses;
  return names.some((name) => name === host || (name.startsWith("*.") && name.slice(1) === host.slice(host.indexOf("."))));
}

/** Whether a domain is that of a name, or above it; with a point before it, above it alone. */
function isBelow(name: string, domain: string): boolean {
  return domain === "" || name === domain || name.endsWith(domain.startsWith(".") ? domain : `.${domain}`);
}

/** Whether what a certificate signs may be for a host, by its name or by one with a star. Of addresses nothing is told. */
function mayName({ permitted, excluded }: Certificate, host: string): boolean {
  if (ADDRESS.test(host)) return true;
  const names = [host, host.replace(/^[^.]+(?=\.)/, "*")];
  return names.some((name) => (permitted?.some((domain) => isBelow(name, domain)) ?? true) && !excluded.some((domain) => isBelow(name, domain)));
}

/** By these, others write the bundle once it is in a cluster: cert-manager, and OpenShift. */
const INJECTS = /^(?:cert-manager\.io\/inject-|service\.beta\.openshift\.io\/inject-cabundle$)/;

/** What tells of the bundle of a webhook. */
type Bundled = Pick<Webhook, "spec" | "configuration">;

/** Whether a bundle stands in a manifest for the one that comes there: others are told to write it, or it holds nothing, which many programs replace once they run. */
function isWrittenLater({ configuration }: Bundled, bundle: string): boolean {
  if (createdAtOf(configuration) !== undefined) return false;
  return readBundle(bundle)?.length === 0 || Object.keys(configuration.annotations).some((name) => INJECTS.test(name));
}

/** The certificates by which the API server knows what answers a webhook; "" = those of its own machine, or it needs none, or they come later. */
function bundleOf(hook: Bundled): string {
  const bundle = text(record(hook.spec.clientConfig).caBundle) ?? "";
  return isWrittenLater(hook, bundle) ? "" : bundle;
}

/**
 * Why the API server trusts nothing that answers a webhook, as part of a sentence, at a moment; null = it may. Who signed what answers is not seen, but only
 * certificates that are valid then and for servers, and may sign for that host, or are for it themselves, vouch for it.
 */
export function whyTrustsNothing(hook: Bundled, address: WebhookAddress, at: string): string | null {
  const bundle = bundleOf(hook);
  const certificates = bundle === "" || isItself(address) ? null : readBundle(bundle);
  if (certificates === null) return null;
  if (certificates.length === 0) return "its caBundle holds no certificate";
  const now = Date.parse(at);
  const valid = certificates.filter(({ notBefore, notAfter }) => !(now < notBefore || now > notAfter));
  if (valid.length === 0) return "no certificate in its caBundle is valid at this time";
  const mayVouch = (item: Certificate): boolean => item.isForServers && ((item.isSigner && mayName(item, address.host)) || isFor(item, address.host));
  return valid.some(mayVouch) ? null : `no certificate in its caBundle may vouch for ${address.host}`;
}

/** Whether a webhook names a Service and no bundle: for the name of a Service nobody signs but those whom the machine of the API server was told to trust, if anybody. */
export function lacksBundle(hook: Bundled, address: WebhookAddress): boolean {
  return !address.isUrl && address.host !== "" && bundleOf(hook) === "" && !isItself(address);
}
