import { isRecord, type JsonRecord, list, record, records, text } from "../../model/json";
import { type Guard, NO_GUARD, SIGN_IN, widenGuards } from "./guard";
import type { KubeObject } from "../kube-object";

/** What a class of gateways lists when it heeds `spec.tls.frontend`. */
const FEATURE = "GatewayFrontendClientCertificateValidation";
const OF_ISTIO = /^istio\.io\//;

/** The setting of a port takes the place of the one for all. */
function isAsked(gateway: KubeObject, port: unknown): boolean {
  const { default: ofAll, perPort } = record(record(record(gateway.body.spec).tls).frontend);
  const own = records(perPort).find((entry) => entry.port === port);
  const { validation } = record(own ? own.tls : ofAll);
  return isRecord(validation) && validation.mode !== "AllowInsecureFallback";
}

/** Whether the class says that it heeds the field; null = it says nothing of what it heeds. Earlier versions list bare names. */
function heeds(gatewayClass: KubeObject | undefined): boolean | null {
  const features = list(record(gatewayClass?.body.status).supportedFeatures);
  return features.length === 0 ? null : features.some((feature) => feature === FEATURE || record(feature).name === FEATURE);
}

function ofListener(gateway: KubeObject, gatewayClass: KubeObject | undefined, { protocol, port, tls }: JsonRecord): Guard {
  if (protocol !== "HTTPS") return NO_GUARD;
  const controller = text(record(gatewayClass?.body.spec).controllerName) ?? "";
  const mayBeMutual = record(record(tls).options)["gateway.istio.io/tls-terminate-mode"] === "MUTUAL" && (!gatewayClass || OF_ISTIO.test(controller));
  if (mayBeMutual && gatewayClass) return SIGN_IN;
  // As experiments had it up to 1.3, when no class listed it.
  const isAskedOnce = isRecord(record(tls).frontendValidation);
  if (!mayBeMutual && !isAskedOnce && !isAsked(gateway, port)) return NO_GUARD;
  const isHeeded = isAskedOnce ? null : heeds(gatewayClass);
  if (isHeeded !== null) return isHeeded ? SIGN_IN : NO_GUARD;
  return { ...NO_GUARD, untold: `Whether Gateway ${gateway.ref.name} asks for certificates of clients is not known: its class does not say what it heeds.` };
}

/** Certificates that a Gateway asks for on every listener, of those with these names, by which a request may come in. */
export function guardOfClients(gateway: KubeObject, gatewayClass: KubeObject | undefined, parent: KubeObject, names: readonly string[]): Guard {
  const taking = records(record(parent.body.spec).listeners).filter(({ name }) => names.includes(text(name) ?? ""));
  return widenGuards(taking.map((listener) => ofListener(gateway, gatewayClass, listener)));
}
