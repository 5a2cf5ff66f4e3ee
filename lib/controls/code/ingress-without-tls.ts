import { findIngressController, isUntold } from "../../inventory/routes/ingress-controller";
import { ALB_LISTEN_PORTS, albListeners, findCertificateAnnotation, findHostTls, TRAEFIK_TLS } from "../../inventory/routes/ingress-tls";
import { isTraefik, traefikTlsView } from "../../inventory/routes/traefik-ingress";
import { isRecord, list, record, records, text } from "../../model/json";
import { isAcmeAnswer } from "../acme-answer";
import { defineControl, notApplicable, unknown, type Weakness, weakness } from "../define";
import { firstFree } from "../remedies/free-name";
import { set } from "../remedies/ops";

const ALLOW_HTTP = "kubernetes.io/ingress.allow-http";

const PASSTHROUGH = "nginx.ingress.kubernetes.io/ssl-passthrough";

export default defineControl({
  id: "ingress-without-tls",
  layer: "code",
  severity: "medium",
  title: "Every host of an Ingress is served with TLS",
  failure: "serves a host without TLS",
  why: "Without TLS anyone between the user and the cluster can read passwords and session cookies, and can change what the user is sent.",
  action: "Serve every Ingress host with TLS",
  fix: "Add the host to `spec.tls` with a Secret that holds its certificate; cert-manager can issue and renew it.",
  verify:
    'kubectl get ingress NAME -n NAMESPACE -o jsonpath=\'{.spec.rules[*].host}{"\\n"}{.spec.tls}{"\\n"}{.spec.ingressClassName}{"\\n"}{.metadata.annotations}{"\\n"}\'',
  lookFor:
    "A host of the first line that is not among those of the second. Load balancers of a cloud take certificates and ports from annotations instead of the second line; Traefik serves TLS where its entry points have it, or the annotation router.tls is true.",
  tips: ["S1", "S2"],
  frameworks: { nsa: ["EN"], mitre: ["T1557", "T1040"] },
  references: ["https://kubernetes.io/docs/concepts/services-networking/ingress/#tls", "https://cert-manager.io/docs/usage/ingress/"],
  aliases: ["ingress-tls"],
  subject: "ingress",
  reads: ["ingresses", "ingressClasses"],
  extraReads: ["workloads"],
  check: (ingress, context) => {
    if (isAcmeAnswer(ingress)) return notApplicable("cert-manager made it to answer a question of a certificate authority, which comes over plain HTTP.");
    const spec = record(ingress.body.spec);
    const controller = findIngressController(ingress, context);
    const annotation = findCertificateAnnotation(ingress, controller);
    if (controller.family === "alb" && !albListeners(ingress).https) {
      if (controller.hasParameters)
        return unknown(`Whether it listens with TLS is in the parameters of the IngressClass ${controller.className}, which are not read.`);
      const message = "The load balancer listens on plain HTTP alone: neither a certificate nor a port with HTTPS is set.";
      return [weakness(`metadata.annotations["${ALB_LISTEN_PORTS}"]`, ingress.annotations[ALB_LISTEN_PORTS], message)];
    }
    const isHidden = isUntold(controller, context);
    if (annotation?.isCertain && !isHidden) {
      const { name } = annotation;
      return {
        state: "pass",
        notes: [weakness(`metadata.annotations["${name}"]`, ingress.annotations[name], "The controller takes its certificate from here.")],
      };
    }
    const found = list(spec.rules).flatMap((item, index): Weakness[] => {
      const host = text(record(item).host) ?? "";
      if (findHostTls(ingress, host, controller, context)) return [];
      const path = `spec.rules[${index}]${host ? ".host" : ""}`;
      return [
        weakness(
          path,
          host || undefined,
          host ? `No entry of spec.tls covers ${host}.` : "The rule names no host, and no entry of spec.tls covers every host.",
          { hint: host },
        ),
      ];
    });
    const backend = isRecord(spec.defaultBackend) ? "spec.defaultBackend" : isRecord(spec.backend) ? "spec.backend" : null;
    if (backend && !findHostTls(ingress, "", controller, context)) {
      found.push(weakness(backend, spec.defaultBackend ?? spec.backend, "The default backend is served without TLS.", { hint: "" }));
    }
    if (ingress.annotations[ALLOW_HTTP] === "true") {
      found.push(weakness(`metadata.annotations["${ALLOW_HTTP}"]`, "true", "Plain HTTP is allowed beside TLS.", { severity: "low" }));
    }
    if (found.length > 0 && controller.family === "nginx" && ingress.annotations[PASSTHROUGH] === "true")
      return unknown("It asks for TLS to be passed through to the pods, which ingress-nginx does only where its flag --enable-ssl-passthrough is set.");
    if (found.length > 0 && annotation)
      return unknown(`Whether the controller of this Ingress takes a certificate from the annotation ${annotation.name} is not told.`);
    if (found.length > 0) return found;
    // The class that a cluster fills in may be of an AWS load balancer or of Traefik, for which spec.tls alone is no TLS.
    if (isHidden && controller.className === "")
      return unknown("It names no class: the cluster's default class decides which controller serves it, and so whether that heeds spec.tls.");
    if (isHidden) return unknown("Which controller serves it, and so whether that heeds spec.tls, is not among these manifests: its class is elsewhere.");
    if (isTraefik(controller)) {
      const hasTls = context.view(traefikTlsView)(ingress);
      if (hasTls === null)
        return unknown("Traefik takes a certificate from spec.tls; whether it serves TLS is up to its entry points, and what is seen of these does not tell.");
      const message = "Traefik takes a certificate from spec.tls, but no entry point of it has TLS, and the Ingress does not ask for it.";
      if (!hasTls) return [weakness(`metadata.annotations["${TRAEFIK_TLS}"]`, ingress.annotations[TRAEFIK_TLS], message)];
    }
    const shared = list(spec.rules).flatMap((item, index): Weakness[] => {
      const host = text(record(item).host) ?? "";
      const other = findHostTls(ingress, host, controller, context);
      if (!other || other.ref === ingress.ref) return [];
      return [
        weakness(
          `spec.rules[${index}].host`,
          host,
          `Ingress ${other.ref.namespace}/${other.ref.name} has the certificate of this host, and the controller serves both with it.`,
        ),
      ];
    });
    const bare = list(spec.tls).flatMap((item, index) =>
      text(record(item).secretName)
        ? []
        : [weakness(`spec.tls[${index}].secretName`, undefined, "No certificate is named: the controller uses its default one.")],
    );
    return { state: "pass", notes: [...shared, ...bare] };
  },
  remedy: (ingress, weaknesses, { slices }) => {
    const [first] = weaknesses;
    if (first?.path.includes(ALB_LISTEN_PORTS)) {
      const note = "The controller looks for a certificate of each host in AWS Certificate Manager; name one by certificate-arn where it shall not.";
      return { ops: [set(first.path, '[{"HTTPS":443}]')], risk: "may-break", note };
    }
    if (first?.path.includes(TRAEFIK_TLS))
      return { ops: [set(first.path, "true")], risk: "may-break", note: "Traefik does not answer for it over plain HTTP then." };
    const plain = weaknesses.filter((item) => item.hint === undefined).map((item) => set(item.path, "false"));
    const hosts = weaknesses.flatMap((item) => (typeof item.hint === "string" ? [item.hint] : []));
    if (hosts.length === 0) return { ops: plain, risk: "none" };
    const ofNamespace = slices.ingresses.filter(({ ref }) => ref.namespace === ingress.ref.namespace);
    const taken = new Set(ofNamespace.flatMap(({ body }) => records(record(body.spec).tls).map((entry) => entry.secretName)));
    const secretName = firstFree(taken, `${ingress.ref.name}-tls`);
    const entry = hosts.includes("") ? { secretName } : { hosts: [...new Set(hosts)], secretName };
    return {
      ops: [set("spec.tls[-]", entry), ...plain],
      create: [
        {
          apiVersion: "v1",
          kind: "Secret",
          metadata: { name: secretName, namespace: ingress.ref.namespace ?? "default" },
          type: "kubernetes.io/tls",
          stringData: { "tls.crt": "<the certificate>", "tls.key": "<its private key>" },
        },
      ],
      risk: "may-break",
      note: "Leave the Secret out when it exists; with cert-manager, add the annotation of your issuer instead. Some controllers then redirect plain HTTP.",
    };
  },
});
