import { record, records } from "../../model/json";
import { defineControl, notApplicable, unknown, weakness } from "../define";
import { set } from "../remedies/ops";

/** Of the controller of the Kubernetes project, and of that of the company. */
const NGINX_REDIRECTS = ["nginx.ingress.kubernetes.io/ssl-redirect", "nginx.org/ssl-redirect", "ingress.kubernetes.io/ssl-redirect"] as const;
const ON = /^(?:1|t|true)$/i;
const OFF = /^(?:0|f|false)$/i;
const NGINX_FORCED = "nginx.ingress.kubernetes.io/force-ssl-redirect";
const FRONTEND = "networking.gke.io/v1beta1.FrontendConfig";
const ALLOW_HTTP = "kubernetes.io/ingress.allow-http";
const ALB_REDIRECT = "alb.ingress.kubernetes.io/ssl-redirect";

export default defineControl({
  id: "ingress-http-redirect",
  layer: "code",
  severity: "low",
  title: "Plain HTTP is redirected to HTTPS",
  failure: "answers over plain HTTP beside HTTPS",
  why: "A host that also answers over plain HTTP lets the first request, with its cookies, travel in the clear, and lets anyone on the way keep the user there.",
  action: "Redirect plain HTTP to HTTPS",
  fix: "Leave the redirect of the controller on, or switch it on: ssl-redirect for nginx and the AWS load balancer, redirectToHttps in a FrontendConfig on GKE.",
  verify: "curl -sI http://HOST/ | grep -iE '^(HTTP|location)'",
  tips: ["S1", "S2"],
  frameworks: { nsa: ["EN"], mitre: ["T1557"], owasp: ["K05"] },
  references: [
    "https://kubernetes.github.io/ingress-nginx/user-guide/tls/#server-side-https-enforcement-through-redirect",
    "https://cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration#https_redirect",
  ],
  subject: "ingress",
  reads: ["ingressClasses"],
  subsumedBy: ["ingress-without-tls"],
  check: (ingress, { slices }) => {
    const { annotations } = ingress;
    const spec = record(ingress.body.spec);
    const hasCertificate =
      records(spec.tls).length > 0 ||
      annotations["alb.ingress.kubernetes.io/certificate-arn"] !== undefined ||
      annotations["networking.gke.io/managed-certificates"] !== undefined;
    if (!hasCertificate) return notApplicable("It serves no TLS to redirect to.");
    const className = String(spec.ingressClassName ?? annotations["kubernetes.io/ingress.class"] ?? "");
    const controller = String(
      slices.ingressClasses.find((item) => item.ref.name === className)?.body.spec
        ? record(slices.ingressClasses.find((item) => item.ref.name === className)?.body.spec).controller
        : className,
    );
    const off = NGINX_REDIRECTS.find((name) => OFF.test(annotations[name] ?? ""));
    if (off !== undefined && !ON.test(annotations[NGINX_FORCED] ?? ""))
      return [weakness(`metadata.annotations["${off}"]`, annotations[off], "The redirect is switched off.", { hint: off })];
    if (/nginx/.test(controller)) return [];
    if (/alb|elbv2/.test(controller) || annotations["alb.ingress.kubernetes.io/scheme"] !== undefined) {
      return annotations[ALB_REDIRECT] === undefined
        ? [weakness(`metadata.annotations["${ALB_REDIRECT}"]`, undefined, "No redirect is set.", { hint: ALB_REDIRECT })]
        : [];
    }
    if (/^gce/.test(className)) {
      if (annotations[ALLOW_HTTP] !== "false" && annotations[FRONTEND] !== undefined)
        return unknown(`Whether plain HTTP is redirected is in the FrontendConfig ${annotations[FRONTEND]}, which is not read.`);
      return annotations[ALLOW_HTTP] === "false"
        ? []
        : [weakness(`metadata.annotations["${ALLOW_HTTP}"]`, annotations[ALLOW_HTTP], "Plain HTTP is served beside HTTPS.", { hint: ALLOW_HTTP })];
    }
    return unknown("Whether this controller redirects plain HTTP is in its own configuration.");
  },
  remedy: (_ingress, weaknesses) => ({
    ops: weaknesses.map((item) => set(item.path, item.hint === ALB_REDIRECT ? "443" : item.hint === ALLOW_HTTP ? "false" : "true")),
    risk: "may-break",
    note: "Clients that do not follow redirects must use https.",
  }),
});
