import type { KubeObject } from "../../inventory/kube-object";
import { isSince, readRelease } from "../../inventory/images/image-release";
import { ingressProgramsView } from "../../inventory/routes/ingress-programs";
import { NGINX_SETTINGS } from "../../inventory/routes/nginx-settings";
import { targetsOf } from "../../inventory/routes/policy-targets";
import { type Context, defineView } from "../../inventory/view";
import { formatPath } from "../../model/field-path";
import { isRecord, record, records, text, texts } from "../../model/json";
import { notApplicable, type Outcome, unknown } from "../define";
import { findOldProtocols, GO_VERSIONS, keepNewProtocols, listWorksWithOld, lowest, namesOld, oldTls, unreadable, worksWithOld } from "./old-tls";

/** Suites of TLS 1.2 alone. */
const OF_INGRESS_NGINX = "";
/** What nginx has by itself. */
const OF_NGINX = "HIGH";
/** Releases of the controller of the company on a nginx that accepts nothing older than TLS 1.2 by itself, which came with 1.27.3. */
const NEW_OF_COMPANY = { major: 5, minor: 0 };
const OF_COMPANY = /nginx(?:-plus)?-ingress$/;
const PROTOCOLS = "ssl-protocols";
/** Settings that are written into all servers, or around them. */
const SNIPPETS = ["server-snippet", "server-snippets", "http-snippets"] as const;
const IN_SNIPPET = /\bssl_protocols\s+([^;]+);/g;

interface Defaults {
  readonly suites: string;
  /** An image that may accept older versions where the settings name none; null = it does not. */
  readonly hidden: string | null;
}

const DEFAULTS_OF_INGRESS_NGINX: Defaults = { suites: OF_INGRESS_NGINX, hidden: null };

function isNewOfCompany(image: string): boolean {
  const release = readRelease(image, OF_COMPANY);
  return release !== null && isSince(release, NEW_OF_COMPANY) === true;
}

/** The ConfigMaps that controllers name, and what each of these does where it does not say. */
const nginxSettingsView = defineView({
  reads: ["workloads"],
  compute: ({ view }): ReadonlyMap<string, Defaults> =>
    new Map(
      view(ingressProgramsView).flatMap(({ settings, ownSettings, image }) => [
        ...(settings === null ? [] : [[settings, DEFAULTS_OF_INGRESS_NGINX] as const]),
        ...(ownSettings === null ? [] : [[ownSettings, { suites: OF_NGINX, hidden: isNewOfCompany(image) ? null : image }] as const]),
      ]),
    ),
});

/** The old versions that raw configuration of nginx names. */
export function findOldInSnippet(snippet: string): readonly string[] {
  return [...snippet.matchAll(IN_SNIPPET)].flatMap(([, written = ""]) => findOldProtocols(written));
}

export function keepNewInSnippet(snippet: string): string {
  return snippet.replaceAll(IN_SNIPPET, (_all, written: string) => `ssl_protocols ${keepNewProtocols(written)};`);
}

/** Settings of ingress-nginx, and of newer releases of the controller of the company, accept TLS 1.2 and 1.3 where they do not say. */
export function judgeNginxSettings({ ref, body }: KubeObject, { view }: Context<"workloads">): Outcome {
  const data = record(body.data);
  const found = [PROTOCOLS, ...SNIPPETS].flatMap((key) => {
    const written = text(data[key]) ?? "";
    const old = key === PROTOCOLS ? findOldProtocols(written) : findOldInSnippet(written);
    return old.length > 0 ? [{ key, written, old }] : [];
  });
  const [first] = found;
  const defaults = view(nginxSettingsView).get(`${ref.namespace}/${ref.name}`) ?? (NGINX_SETTINGS.test(ref.name) ? DEFAULTS_OF_INGRESS_NGINX : null);
  if (defaults === null) {
    if (!first) return notApplicable("It does not configure an ingress controller whose settings are known.");
    return unknown(`Its ${first.key} name ${first.old.join(", ")}, and which controller reads them, if any, is not known.`);
  }
  if (!first && defaults.hidden !== null && data[PROTOCOLS] === undefined)
    return unknown(`No versions are named: releases before 5 may accept TLS 1.0 then, and ${defaults.hidden || "its image"} is not known to be a newer one.`);
  const isUsable = listWorksWithOld(text(data["ssl-ciphers"]) ?? defaults.suites);
  return found.map(({ key, written, old }) => oldTls(formatPath(["data", key]), written, namesOld(old), isUsable));
}

const ENVOY_VERSIONS: Readonly<Record<string, "old" | "new">> = { "1.0": "old", "1.1": "old", "1.2": "new", "1.3": "new", Auto: "new" };

/** Whether it is for gateways that are not there: its targets are in its own namespace. */
function hasNoTarget({ ref, body }: KubeObject, { slices, isComplete, isRead }: Context<"gateways">): boolean {
  const spec = record(body.spec);
  if (!isComplete || !isRead("gateways") || records(spec.targetSelectors).length > 0) return false;
  const names = targetsOf(spec).map(({ kind, name }) => `${text(kind)}/${text(name)}`);
  return !slices.gateways.some((item) => item.ref.namespace === ref.namespace && names.includes(`${item.ref.kind}/${item.ref.name}`));
}

/** What Envoy Gateway is told of its clients: the same of Envoy. */
export function judgeClientPolicy(policy: KubeObject, context: Context<"gateways">): Outcome {
  const { tls } = record(policy.body.spec);
  if (!isRecord(tls)) return notApplicable("It says nothing of TLS.");
  if (hasNoTarget(policy, context)) return notApplicable("No gateway that it names is there.");
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
