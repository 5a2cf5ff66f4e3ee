import { configMap, ingress, ingressClass } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./ingress-http-redirect";

const NGINX = ingressClass("k8s.io/ingress-nginx");
const NGINX_ORG = ingressClass("nginx.org/ingress-controller");
const BOTH = { "alb.ingress.kubernetes.io/listen-ports": '[{"HTTP":80},{"HTTPS":443}]' };
const ALB = ingressClass("ingress.k8s.aws/alb");

describeControl(control, {
  fails: [
    {
      name: "the redirect of nginx is switched off",
      objects: [NGINX, ingress({ annotations: { "nginx.ingress.kubernetes.io/ssl-redirect": "false" } })],
      evidence: [{ path: 'metadata.annotations["nginx.ingress.kubernetes.io/ssl-redirect"]', value: "false" }],
    },
    {
      name: "the redirect of nginx is switched off, in another spelling",
      objects: [NGINX, ingress({ annotations: { "nginx.ingress.kubernetes.io/ssl-redirect": "False" } })],
    },
    {
      name: "the redirect of the other nginx is switched off",
      objects: [NGINX_ORG, ingress({ annotations: { "nginx.org/ssl-redirect": "false" } })],
    },
    {
      name: "the redirect of the other nginx is switched off, with a word for nginx",
      objects: [
        NGINX_ORG,
        ingress({ annotations: { "ingress.kubernetes.io/ssl-redirect": "false", "nginx.ingress.kubernetes.io/force-ssl-redirect": "true" } }),
      ],
      evidence: [{ path: 'metadata.annotations["ingress.kubernetes.io/ssl-redirect"]' }],
    },
    { name: "no redirect at the AWS load balancer", objects: [ALB, ingress({ annotations: BOTH })] },
    {
      name: "nginx is told so once for all",
      objects: [NGINX, ingress(), configMap({ name: "ingress-nginx-controller", namespace: "ingress", data: { "ssl-redirect": "false" } })],
      evidence: [
        {
          path: 'metadata.annotations["nginx.ingress.kubernetes.io/ssl-redirect"]',
          message: "ConfigMap ingress/ingress-nginx-controller switches the redirect off.",
        },
      ],
    },
    {
      name: "GKE with a certificate that is shared beforehand",
      objects: [
        ingress({
          annotations: { "kubernetes.io/ingress.class": "gce", "ingress.gcp.kubernetes.io/pre-shared-cert": "x" },
          spec: { ingressClassName: undefined, tls: null },
        }),
      ],
    },
    { name: "GKE serves both", objects: [ingress({ annotations: { "kubernetes.io/ingress.class": "gce" }, spec: { ingressClassName: undefined } })] },
  ],
  passes: [
    {
      name: "nginx redirects by the word of the Ingress, whatever settings were not read",
      objects: [NGINX, ingress({ annotations: { "nginx.ingress.kubernetes.io/ssl-redirect": "true" } })],
      missing: ["configMaps"],
    },
    {
      name: "the other nginx redirects by its own word, whatever some settings switch off",
      objects: [
        NGINX_ORG,
        ingress({ annotations: { "nginx.org/ssl-redirect": "true" } }),
        configMap({ name: "nginx-config", namespace: "nginx-ingress", data: { "ssl-redirect": "false" } }),
      ],
    },
    { name: "nginx redirects by default", objects: [NGINX, ingress()] },
    {
      name: "nginx redirects by default, by its settings among the manifests",
      objects: [NGINX, ingress(), configMap({ name: "ingress-nginx-controller", data: {} })],
      complete: false,
    },
    { name: "a word for the other nginx", objects: [NGINX, ingress({ annotations: { "nginx.org/ssl-redirect": "false" } })] },
    {
      name: "the other nginx redirects by default, whatever is said to nginx",
      objects: [
        NGINX_ORG,
        ingress({ annotations: { "nginx.ingress.kubernetes.io/ssl-redirect": "false" } }),
        configMap({ name: "ingress-nginx-controller", data: { "ssl-redirect": "false" } }),
      ],
    },
    { name: "the AWS load balancer redirects", objects: [ALB, ingress({ annotations: { ...BOTH, "alb.ingress.kubernetes.io/ssl-redirect": "443" } })] },
    {
      name: "the AWS load balancer listens on 443 alone",
      objects: [ALB, ingress({ annotations: { "alb.ingress.kubernetes.io/certificate-arn": "arn:aws:acm:x" } })],
    },
    {
      name: "another Ingress redirects for the whole group",
      objects: [
        ALB,
        ingress({ annotations: { ...BOTH, "alb.ingress.kubernetes.io/group.name": "web" } }),
        ingress({ name: "other", annotations: { ...BOTH, "alb.ingress.kubernetes.io/group.name": "web", "alb.ingress.kubernetes.io/ssl-redirect": "443" } }),
      ],
    },
    {
      name: "an action of the AWS load balancer redirects",
      objects: [
        ALB,
        ingress({
          annotations: {
            ...BOTH,
            "alb.ingress.kubernetes.io/actions.ssl": '{"type":"redirect","redirectConfig":{"protocol":"HTTPS","port":"443","statusCode":"HTTP_301"}}',
          },
        }),
      ],
    },
    {
      name: "an Ingress has it on where nginx has it off",
      objects: [
        NGINX,
        ingress({ annotations: { "nginx.ingress.kubernetes.io/ssl-redirect": "true" } }),
        configMap({ name: "ingress-nginx-controller", data: { "ssl-redirect": "false" } }),
      ],
    },
    {
      name: "a router of Traefik with TLS",
      objects: [
        ingressClass("traefik.io/ingress-controller"),
        ingress({ annotations: { "traefik.ingress.kubernetes.io/router.tls": "true" }, spec: { tls: null } }),
      ],
    },
    {
      name: "GKE serves no plain HTTP",
      objects: [
        ingress({ annotations: { "kubernetes.io/ingress.class": "gce", "kubernetes.io/ingress.allow-http": "false" }, spec: { ingressClassName: undefined } }),
      ],
    },
  ],
  notApplicable: [
    { name: "no TLS", objects: [NGINX, ingress({ spec: { tls: null } })] },
    {
      name: "a minion, whose master decides",
      objects: [
        NGINX_ORG,
        ingress({ name: "minion", annotations: { "nginx.org/mergeable-ingress-type": "minion", "nginx.org/ssl-redirect": "false" }, spec: { tls: null } }),
        ingress({ annotations: { "nginx.org/mergeable-ingress-type": "master" } }),
      ],
      target: { kind: "Ingress", name: "minion" },
    },
  ],
  unknown: [
    {
      name: "settings of nginx that were not read",
      objects: [NGINX, ingress()],
      missing: ["configMaps"],
      reason: "Whether the settings of the controller switch the redirect off is in ConfigMaps, which were not read.",
    },
    { name: "settings of nginx that are not among the manifests", objects: [NGINX, ingress()], complete: false },
    { name: "settings of the other nginx that are not among the manifests", objects: [NGINX_ORG, ingress()], complete: false },
    {
      name: "a word for Traefik, and another controller",
      objects: [ingressClass("example.com/other"), ingress({ annotations: { "traefik.ingress.kubernetes.io/router.tls": "true" } })],
    },
    { name: "settings of the other nginx that were not read", objects: [NGINX_ORG, ingress()], missing: ["configMaps"] },
    { name: "another controller", objects: [ingressClass("example.com/other"), ingress()] },
    {
      name: "another controller, with a word for nginx",
      objects: [ingressClass("example.com/other"), ingress({ annotations: { "nginx.ingress.kubernetes.io/ssl-redirect": "false" } })],
    },
    {
      name: "the other nginx redirects by a header alone",
      objects: [NGINX_ORG, ingress({ annotations: { "nginx.org/ssl-redirect": "false", "nginx.org/redirect-to-https": "true" } })],
    },
    {
      name: "some settings switch a redirect off beside the other nginx",
      objects: [NGINX_ORG, ingress(), configMap({ name: "nginx-config", namespace: "nginx-ingress", data: { "ssl-redirect": "False" } })],
    },
    {
      name: "one of two nginx is told so",
      objects: [
        NGINX,
        ingress(),
        configMap({ name: "a-ingress-nginx-controller", data: { "ssl-redirect": "false" } }),
        configMap({ name: "b-ingress-nginx-controller", data: {} }),
      ],
    },
    {
      name: "GKE has it in an object that is not read",
      objects: [
        ingress({
          annotations: { "kubernetes.io/ingress.class": "gce", "networking.gke.io/v1beta1.FrontendConfig": "redirect" },
          spec: { ingressClassName: undefined },
        }),
      ],
    },
  ],
});
