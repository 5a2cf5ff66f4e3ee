import { ingress } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./ingress-http-redirect";

const className = (controller: string) => ({ apiVersion: "networking.k8s.io/v1", kind: "IngressClass", metadata: { name: "public" }, spec: { controller } });
const NGINX = className("k8s.io/ingress-nginx");
const ALB = className("ingress.k8s.aws/alb");

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
      objects: [className("nginx.org/ingress-controller"), ingress({ annotations: { "nginx.org/ssl-redirect": "false" } })],
    },
    { name: "no redirect at the AWS load balancer", objects: [ALB, ingress()] },
    { name: "GKE serves both", objects: [ingress({ annotations: { "kubernetes.io/ingress.class": "gce" }, spec: { ingressClassName: undefined } })] },
  ],
  passes: [
    { name: "nginx redirects by default", objects: [NGINX, ingress()] },
    { name: "the AWS load balancer redirects", objects: [ALB, ingress({ annotations: { "alb.ingress.kubernetes.io/ssl-redirect": "443" } })] },
    {
      name: "GKE serves no plain HTTP",
      objects: [
        ingress({ annotations: { "kubernetes.io/ingress.class": "gce", "kubernetes.io/ingress.allow-http": "false" }, spec: { ingressClassName: undefined } }),
      ],
    },
  ],
  notApplicable: [{ name: "no TLS", objects: [NGINX, ingress({ spec: { tls: null } })] }],
  unknown: [
    { name: "another controller", objects: [className("example.com/other"), ingress()] },
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
