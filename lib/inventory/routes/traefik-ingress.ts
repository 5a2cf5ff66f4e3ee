import type { IngressController } from "./ingress-controller";
import type { KubeObject } from "../kube-object";
import { listEntryPoints } from "./traefik-routes";
import { traefikProgramsView } from "./traefik-programs";
import { defineView } from "../view";

const ENTRY_POINTS = "traefik.ingress.kubernetes.io/router.entrypoints";

export function isTraefik({ family, isTold, name, className }: IngressController): boolean {
  return family === "other" && /traefik/.test(isTold ? name : className);
}

/**
 * Whether the entry points that an Ingress is served at have TLS: to Traefik, `spec.tls` only brings a certificate, and switches nothing on. Null = that is
 * not among the arguments of each Traefik that is seen, or none is.
 */
export const traefikTlsView = defineView({
  reads: ["workloads"],
  compute: ({ view }): ((ingress: KubeObject) => boolean | null) => {
    const programs = view(traefikProgramsView);
    return ({ annotations }) => {
      const named = (annotations[ENTRY_POINTS] ?? "").split(",").flatMap((name) => name.trim() || []);
      const answers = programs.map((program) => {
        const places = listEntryPoints(named, program);
        if (places.some(({ entryPoint }) => entryPoint?.hasTls)) return true;
        return places.every(({ entryPoint }) => entryPoint !== null) ? false : null;
      });
      const [first = null, ...others] = answers;
      return others.every((answer) => answer === first) ? first : null;
    };
  },
});
