import type { KubeObject } from "../../inventory/kube-object";
import { ingressProgramsView } from "../../inventory/routes/ingress-programs";
import { NGINX_SETTINGS } from "../../inventory/routes/nginx-settings";
import { type Context, defineView } from "../../inventory/view";
import { formatPath } from "../../model/field-path";
import { isRecord, list, record, text, texts } from "../../model/json";
import { notApplicable, type Outcome, unknown, type Weakness } from "../define";
import { oldTls, worksWithOld } from "./old-tls";

const PROTOCOLS = "ssl-protocols";
const OLD_PROTOCOL = /^(?:SSLv[23]|TLSv1(?:\.[01])?)$/;
/** Left out of a list of OpenSSL, or no suite at all. */
const NO_SUITE = /^[!@-]|^$/;

const nginxSettingsView = defineView({
  reads: ["workloads"],
  compute: ({ view }): ReadonlySet<string> => new Set(view(ingressProgramsView).flatMap(({ settings }) => settings ?? [])),
});

/** The versions that a list of nginx names, without the old ones. */
export function keepNewProtocols(written: string): string {
  const kept = written.split(/\s+/).filter((item) => item !== "" && !OLD_PROTOCOL.test(item));
  return kept.length > 0 ? kept.join(" ") : "TLSv1.2 TLSv1.3";
}

/** Settings of ingress-nginx, which accepts TLS 1.2 and 1.3 where they do not say. */
export function judgeNginxSettings({ ref, body }: KubeObject, { view }: Context<"workloads">): Outcome {
  const data = record(body.data);
  const written = text(data[PROTOCOLS]);
  const isHeeded = NGINX_SETTINGS.test(ref.name) || view(nginxSettingsView).has(`${ref.namespace}/${ref.name}`);
  const old = (written ?? "").split(/\s+/).filter((item) => OLD_PROTOCOL.test(item));
  if (!isHeeded && old.length > 0) return unknown(`Its ${PROTOCOLS} name ${old.join(", ")}, and which controller reads them, if any, is not known.`);
  if (!isHeeded) return notApplicable("It does not configure an ingress controller whose settings are known.");
  if (old.length === 0 || written === undefined) return [];
  const suites = text(data["ssl-ciphers"])?.split(/[:,\s]+/) ?? [];
  const isUsable = worksWithOld(suites.filter((suite) => !NO_SUITE.test(suite)));
  return [oldTls(formatPath(["data", PROTOCOLS]), written, `Old versions are among those that it names: ${old.join(", ")}`, isUsable)];
}

const GO_VERSIONS: Readonly<Record<string, "old" | "new">> = { VersionTLS10: "old", VersionTLS11: "old", VersionTLS12: "new", VersionTLS13: "new" };
const ENVOY_VERSIONS: Readonly<Record<string, "old" | "new">> = { "1.0": "old", "1.1": "old", "1.2": "new", "1.3": "new", Auto: "new" };

const unreadable = (field: string, value: unknown): Outcome => unknown(`What ${JSON.stringify(value)} of ${field} means is not known.`);
const lowest = (version: string): string => `The lowest version is ${version}`;

/** Options of Traefik: without a lowest version they accept TLS 1.2, and without suites all that work with the version. */
export function judgeTraefikOption({ body }: KubeObject): Outcome {
  const { minVersion, cipherSuites } = record(body.spec);
  if (minVersion === undefined || minVersion === "") return [];
  const version = text(minVersion) ?? "";
  const age = GO_VERSIONS[version];
  if (age === undefined) return unreadable("minVersion", minVersion);
  const suites = texts(cipherSuites);
  return age === "old" ? [oldTls("spec.minVersion", version, lowest(version), suites.length === 0 || worksWithOld(suites))] : [];
}

/** A Gateway of Istio: Envoy accepts TLS 1.2 where nobody asks for another, and offers only suites of it. */
export function judgeIstioGateway({ body }: KubeObject): Outcome {
  let hasTls = false;
  const found = list(record(body.spec).servers).flatMap((item, index): Weakness[] => {
    const { port, tls } = record(item);
    const { mode, minProtocolVersion, cipherSuites } = record(tls);
    if (!/^(?:HTTPS|TLS)$/i.test(text(record(port).protocol) ?? "") || /PASSTHROUGH$/.test(text(mode) ?? "")) return [];
    hasTls = true;
    const version = text(minProtocolVersion) ?? "";
    if (!/^TLSV1_[01]$/.test(version)) return [];
    return [oldTls(`spec.servers[${index}].tls.minProtocolVersion`, version, lowest(version), worksWithOld(texts(cipherSuites)))];
  });
  return hasTls ? found : notApplicable("It ends no TLS.");
}

/** What Envoy Gateway is told of its clients: the same of Envoy. */
export function judgeClientPolicy({ body }: KubeObject): Outcome {
  const { tls } = record(body.spec);
  if (!isRecord(tls)) return notApplicable("It says nothing of TLS.");
  if (tls.minVersion === undefined) return [];
  const version = text(tls.minVersion) ?? "";
  const age = ENVOY_VERSIONS[version];
  if (age === undefined) return unreadable("minVersion", tls.minVersion);
  const suites = texts(tls.ciphers).flatMap((entry) => entry.split(/[[\]|]/).filter((suite) => suite !== ""));
  return age === "old" ? [oldTls("spec.tls.minVersion", version, lowest(version), worksWithOld(suites))] : [];
}

/** Where its own profile is not set, a router of OpenShift takes that of the API server, and says what that comes to in its status. */
export function judgeOpenshiftRouter({ body }: KubeObject): Outcome {
  const { type, custom } = record(record(body.spec).tlsSecurityProfile);
  if (type === "Intermediate" || type === "Modern") return [];
  if (type === "Old") return [oldTls("spec.tlsSecurityProfile.type", type, "The profile Old accepts TLS 1.1", true)];
  const isCustom = type === "Custom";
  if (type !== undefined && type !== "" && !isCustom) return unreadable("tlsSecurityProfile", type);
  const { minTLSVersion, ciphers } = isCustom ? record(custom) : record(record(body.status).tlsProfile);
  const version = text(minTLSVersion) ?? "";
  const age = GO_VERSIONS[version];
  if (age === undefined)
    return unknown(
      isCustom
        ? "Its own profile names no lowest version that is known."
        : "The profile of the API server holds for it, and its status does not say which that is.",
    );
  if (age === "new") return [];
  const path = isCustom ? "spec.tlsSecurityProfile.custom.minTLSVersion" : "status.tlsProfile.minTLSVersion";
  const suites = texts(ciphers);
  return [oldTls(path, version, lowest(version), suites.length === 0 || worksWithOld(suites))];
}
