import { ALB_REDIRECT, albPlainHttpView } from "../../inventory/routes/alb-plain-http";
import { findIngressController, type IngressController, ignores } from "../../inventory/routes/ingress-controller";
import { isMinion, servesTls, TRAEFIK_TLS } from "../../inventory/routes/ingress-tls";
import { NGINX_SETTINGS } from "../../inventory/routes/nginx-settings";
import type { KubeObject } from "../../inventory/kube-object";
import { type Context, defineView } from "../../inventory/view";
import { readSwitch } from "../../inventory/values/read-switch";
import { record, text } from "../../model/json";
import { defineControl, notApplicable, type Outcome, unknown, weakness } from "../define";
import { set } from "../remedies/ops";

const REDIRECT = "nginx.ingress.kubernetes.io/ssl-redirect";
/** By whom each is read; the last by the controller of the company, which reads its old name too. */
const NGINX_REDIRECTS = [
  ["nginx", REDIRECT],
  ["nginx-org", "nginx.org/ssl-redirect"],
  ["nginx-org", "ingress.kubernetes.io/ssl-redirect"],
] as const;
/** Redirects what a load balancer in front says came over plain HTTP. */
const REDIRECT_BY_HEADER = "nginx.org/redirect-to-https";
const NGINX_FORCED = "nginx.ingress.kubernetes.io/force-ssl-redirect";
const FRONTEND = "networking.gke.io/v1beta1.FrontendConfig";
const ALLOW_HTTP = "kubernetes.io/ingress.allow-http";
const nginxSettingsView = defineView({
  reads: ["configMaps"],
  compute: ({ slices }) => slices.configMaps.filter(({ ref }) => NGINX_SETTINGS.test(ref.name)),
});

/** Whatever they are called, but for those that are known to be of ingress-nginx. */
const redirectsOffView = defineView({
  reads: ["configMaps"],
  compute: ({ slices }) =>
    slices.configMaps.filter(({ ref, body }) => !NGINX_SETTINGS.test(ref.name) && readSwitch(text(record(body.data)["ssl-redirect"])) === false),
});

const ELSEWHERE = "Whether the settings of the controller switch the redirect off is in a ConfigMap that is not among these manifests.";

/** Both kinds of nginx redirect unless their own settings say otherwise. */
function findUnread(context: Context<"configMaps">): Outcome | null {
  return context.isRead("configMaps") ? null : unknown("Whether the settings of the controller switch the redirect off is in ConfigMaps, which were not read.");
}

/** What ingress-nginx does where the Ingress says nothing: it redirects, unless its own settings say otherwise. */
function judgeNginx({ annotations }: KubeObject, context: Context<"configMaps">): Outcome {
  if ([REDIRECT, NGINX_FORCED].some((name) => readSwitch(annotations[name]) === true)) return [];
  const unread = findUnread(context);
  if (unread) return unread;
  const settings = context.view(nginxSettingsView);
  if (settings.length === 0 && !context.isComplete) return unknown(ELSEWHERE);
  const off = settings.find(({ body }) => readSwitch(text(record(body.data)["ssl-redirect"])) === false);
  if (!off) return [];
  const name = `ConfigMap ${off.ref.namespace}/${off.ref.name}`;
  if (settings.length > 1) return unknown(`${name} switches the redirect off for one ingress controller; whether it is that of this Ingress is not told.`);
  return [weakness(`metadata.annotations["${REDIRECT}"]`, annotations[REDIRECT], `${name} switches the redirect off.`)];
}

/** What the controller of the company does: the same, and its settings are in a ConfigMap of any name. */
function judgeNginxOrg({ annotations }: KubeObject, context: Context<"configMaps">): Outcome {
  if (NGINX_REDIRECTS.some(([family, name]) => family === "nginx-org" && readSwitch(annotations[name]) === true)) return [];
  const unread = findUnread(context);
  if (unread) return unread;
  const off = context.view(redirectsOffView)[0];
  if (!off && !context.isComplete) return unknown(ELSEWHERE);
  return off ? unknown(`ConfigMap ${off.ref.namespace}/${off.ref.name} switches a redirect off; whether it is that of this controller is not told.`) : [];
}

function judgeAlb(ingress: KubeObject, { className, hasParameters }: IngressController, context: Context<"ingresses">): Outcome {
  if (!context.view(albPlainHttpView)(ingress)) return [];
  if (hasParameters) return unknown(`Whether it redirects is in the parameters of the IngressClass ${className}, which are not read.`);
  return [weakness(`metadata.annotations["${ALB_REDIRECT}"]`, undefined, "No redirect is set.", { hint: ALB_REDIRECT })];
}

export default defineControl({
  id: "ingress-http-redirect",
  layer: "code",
  severity: "low",
  title: "Plain HTTP is redirected to HTTPS",
  failure: "answers over plain HTTP beside HTTPS",
  why: "A host that also answers over plain HTTP exposes the first request, with its cookies, and lets anyone on the way keep the user on plain HTTP.",
  action: "Redirect plain HTTP to HTTPS",
  fix: "Leave the redirect of the controller on, or switch it on: `ssl-redirect` for nginx and the AWS load balancer, `redirectToHttps` in a FrontendConfig on GKE.",
  verify:
    "kubectl get ingress NAME -n NAMESPACE -o jsonpath='{.spec.rules[*].host}{\"\\n\"}{.metadata.annotations}{\"\\n\"}'; curl -sI http://HOST/ | grep -iE '^(HTTP|location)'",
  lookFor: "HOST is one of those in the first line. A status from 301 to 308 with a location that begins with https:// is a redirect; another answer is not.",
  tips: ["S1", "S2"],
  frameworks: { nsa: ["EN"], mitre: ["T1557"] },
  references: [
    "https://kubernetes.github.io/ingress-nginx/user-guide/tls/#server-side-https-enforcement-through-redirect",
    "https://cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration#https_redirect",
  ],
  subject: "ingress",
  reads: ["ingresses", "ingressClasses"],
  extraReads: ["configMaps"],
  subsumedBy: ["ingress-without-tls"],
  check: (ingress, context) => {
    const { annotations } = ingress;
    const controller = findIngressController(ingress, context);
    if (!servesTls(ingress, controller, context)) return notApplicable("It serves no TLS to redirect to.");
    if (isMinion(ingress, controller)) return notApplicable("The Ingress of the same host that is its master decides that.");
    if (controller.family === "nginx" || controller.family === "nginx-org" || (controller.family === "other" && controller.className === "")) {
      const [, off] = NGINX_REDIRECTS.find(([family, name]) => !ignores(controller, family) && readSwitch(annotations[name]) === false) ?? [];
      if (off !== undefined && controller.family === "nginx-org" && readSwitch(annotations[REDIRECT_BY_HEADER]) === true)
        return unknown("It redirects what a load balancer in front of it says came over plain HTTP; whether one does is not told.");
      if (off !== undefined && (ignores(controller, "nginx") || readSwitch(annotations[NGINX_FORCED]) !== true))
        return [weakness(`metadata.annotations["${off}"]`, annotations[off], "The redirect is switched off.", { hint: off })];
    }
    if (controller.family === "nginx") return judgeNginx(ingress, context);
    if (controller.family === "nginx-org") return judgeNginxOrg(ingress, context);
    if (controller.family === "alb") return judgeAlb(ingress, controller, context);
    if (controller.family === "gce") {
      if (annotations[ALLOW_HTTP] !== "false" && annotations[FRONTEND] !== undefined)
        return unknown(`Whether plain HTTP is redirected is in the FrontendConfig ${annotations[FRONTEND]}, which is not read.`);
      return annotations[ALLOW_HTTP] === "false"
        ? []
        : [weakness(`metadata.annotations["${ALLOW_HTTP}"]`, annotations[ALLOW_HTTP], "Plain HTTP is served beside HTTPS.", { hint: ALLOW_HTTP })];
    }
    const isTraefik = /traefik/.test(controller.name || controller.className) || (controller.className === "" && context.isComplete);
    if (annotations[TRAEFIK_TLS] === "true" && isTraefik) return [];
    return unknown("Whether this controller redirects plain HTTP is in its own configuration.");
  },
  remedy: (_ingress, weaknesses) => ({
    ops: weaknesses.map((item) => set(item.path, item.hint === ALB_REDIRECT ? "443" : item.hint === ALLOW_HTTP ? "false" : "true")),
    risk: "may-break",
    note: "Clients that do not follow redirects must use https.",
  }),
});
