import { record, records, text, textMap } from "../../model/json";
import { type Guard, widenGuards } from "./guard";
import type { IngressController } from "./ingress-controller";
import { ingressProgramsView } from "./ingress-programs";
import type { KubeObject } from "../kube-object";
import { readSwitch } from "../values/read-switch";
import { defineView } from "../view";

/** As the chart and the manifests of ingress-nginx call what configures it. */
export const NGINX_SETTINGS = /ingress-nginx-controller$|^nginx-configuration$/;

const DEFAULT_CLASS = "k8s.io/ingress-nginx";
const DEFAULT_UNGUARDED = "/.well-known/acme-challenge";

interface NginxGuard extends Guard {
  /** Of some of its paths nobody is asked to sign in, whatever the Ingress says: they start with one that is left out. */
  readonly isLeftOut: boolean;
}

function guardOfSettings(data: Readonly<Record<string, string>>, { body, annotations }: KubeObject): NginxGuard {
  const unguarded = (data["no-auth-locations"] ?? DEFAULT_UNGUARDED).split(",").flatMap((path) => path.trim() || []);
  const paths = records(record(body.spec).rules).flatMap((rule) => records(record(rule.http).paths).map(({ path }) => text(path) ?? "/"));
  const isLeftOut = paths.some((path) => unguarded.some((start) => path.startsWith(start)));
  const isAsked = (data["global-auth-url"] ?? "") !== "" && readSwitch(annotations["nginx.ingress.kubernetes.io/enable-global-auth"]) !== false;
  const ranges = (data["whitelist-source-range"] ?? data["allowlist-source-range"] ?? "").split(",").flatMap((range) => range.trim() || []);
  return { hasSignIn: isAsked && !isLeftOut, ranges, isLeftOut };
}

/** What the settings of ingress-nginx ask of everybody: of each controller that may serve an Ingress, where its class does not say which. */
export const nginxGuardsView = defineView({
  reads: ["workloads", "configMaps"],
  compute: ({ slices, view }): ((ingress: KubeObject, controller: IngressController) => NginxGuard) => {
    const configMaps = new Map(slices.configMaps.map((item) => [`${item.ref.namespace}/${item.ref.name}`, item]));
    const programs = view(ingressProgramsView).flatMap(({ settings, controllerClass = DEFAULT_CLASS }) => {
      const data = settings === null ? undefined : configMaps.get(settings)?.body.data;
      return data === undefined ? [] : [{ data: textMap(data), controllerClass }];
    });
    return (ingress, { family, isTold, name }) => {
      const serving = family === "nginx" ? programs.filter(({ controllerClass }) => !isTold || controllerClass === name) : [];
      const guards = serving.map(({ data }) => guardOfSettings(data, ingress));
      return { ...widenGuards(guards), isLeftOut: guards.some(({ isLeftOut }) => isLeftOut) };
    };
  },
});
